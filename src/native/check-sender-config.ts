import { Check } from './check.js';
import type { SenderConfig, SenderThread } from './contract.js';

const threadFields = ['cpu', 'destinations', 'destinationPort', 'sourcePorts', 'batchPackets', 'payloadBytes', 'offeredPps'] as const;

/**
 * Checks a sender's config where it enters; the native code trusts it from there on.
 *
 * @throws TypeError or RangeError: `caller: field must be rule, got value`
 */
export function checkSenderConfig(caller: string, config: SenderConfig): void {
  const check = new Check(caller);
  check.fields('config', config, ['threads']);
  check.list('threads', config.threads, 256);
  for (const [index, thread] of config.threads.entries()) checkThread(check, `threads[${index}]`, thread);
}

function checkThread(check: Check, path: string, thread: SenderThread): void {
  check.fields(path, thread, threadFields);
  check.cpu(`${path}.cpu`, thread.cpu);
  check.list(`${path}.destinations`, thread.destinations, 1024);
  for (const [index, address] of thread.destinations.entries()) check.address(`${path}.destinations[${index}]`, address);
  check.integer(`${path}.destinationPort`, thread.destinationPort, 1, 65_535);
  check.list(`${path}.sourcePorts`, thread.sourcePorts, 1024);
  for (const [index, port] of thread.sourcePorts.entries()) check.integer(`${path}.sourcePorts[${index}]`, port, 1, 65_535);
  check.integer(`${path}.batchPackets`, thread.batchPackets, 1, 1024);
  check.integer(`${path}.payloadBytes`, thread.payloadBytes, 0, 65_507);
  if (thread.offeredPps !== null) check.numberAbove(`${path}.offeredPps`, thread.offeredPps, 0, 1e9);
}
