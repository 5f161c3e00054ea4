import { Check } from './check.js';
import type { SenderConfig, SenderThread } from './contract.js';

const threadFields = [
  'cpu',
  'destinations',
  'destinationPort',
  'sourcePorts',
  'batchPackets',
  'payloadBytes',
  'offeredPps',
  'arrivals',
  'seed',
  'segments',
  'sequenced',
] as const;

const longestPayloadBytes = 65_507;
/** Flow number and sequence number, then a time. */
const stampBytes = 16;
/** Flows that a stamp can tell apart. */
const mostFlows = 65_536;

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
  if (config.threads.some(({ sequenced }) => sequenced)) {
    const flows = config.threads.reduce((total, { destinations, sourcePorts }) => total + destinations.length * sourcePorts.length, 0);
    check.integer('flows of a sequenced sender', flows, 1, mostFlows);
  }
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
  const { segments, sequenced = false, seed = 0 } = thread;
  check.oneOf(`${path}.sequenced`, sequenced, [true, false]);
  const shortest = sequenced ? stampBytes : segments === undefined ? 0 : 1;
  if (segments !== undefined) check.integer(`${path}.segments`, segments, 2, 128);
  check.integer(`${path}.payloadBytes`, thread.payloadBytes, shortest, Math.floor(longestPayloadBytes / (segments ?? 1)));
  if (thread.offeredPps !== null) check.numberAbove(`${path}.offeredPps`, thread.offeredPps, 0, 1e9);
  check.integer(`${path}.seed`, seed, 0, Number.MAX_SAFE_INTEGER);
  checkArrivals(check, path, thread);
}

function checkArrivals(check: Check, path: string, { arrivals = 'constant', offeredPps }: SenderThread): void {
  if (typeof arrivals === 'object') {
    check.fields(`${path}.arrivals`, arrivals, ['onMs', 'offMs']);
    check.numberAbove(`${path}.arrivals.onMs`, arrivals.onMs, 0, 10_000);
    check.numberAbove(`${path}.arrivals.offMs`, arrivals.offMs, 0, 10_000);
  } else check.oneOf(`${path}.arrivals`, arrivals, ['constant', 'poisson']);
  // A flood has no gaps to draw.
  if (offeredPps === null) check.oneOf(`${path}.arrivals`, arrivals, ['constant']);
}
