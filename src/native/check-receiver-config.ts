import { Check } from './check.js';
import { checkSeconds } from './check-seconds.js';
import type { ReceiverConfig, SteeringRule } from './contract.js';

const configFields = [
  'layout',
  'threads',
  'path',
  'device',
  'socketMapNumber',
  'call',
  'waiting',
  'gro',
  'sequenced',
  'batchPackets',
  'address',
  'port',
  'payloadBytes',
  'socketBufferBytes',
  'steering',
  'workNs',
  'seconds',
  'paused',
] as const;

/** SOCK_MIN_RCVBUF of Linux: the kernel grants no less. */
const smallestBufferBytes = 2304;

/**
 * Checks a receiver's config where it enters; the native code trusts it from there on.
 *
 * @throws TypeError or RangeError: `caller: field must be rule, got value`
 */
export function checkReceiverConfig(caller: string, config: ReceiverConfig): void {
  const check = new Check(caller);
  check.fields('config', config, configFields);
  check.oneOf('layout', config.layout, ['single', 'shared', 'reuseport']);
  check.list('threads', config.threads, config.layout === 'single' ? 1 : 256);
  for (const [index, thread] of config.threads.entries()) {
    check.fields(`threads[${index}]`, thread, ['cpu']);
    check.cpu(`threads[${index}].cpu`, thread.cpu);
  }
  checkPath(check, config);
  check.integer('batchPackets', config.batchPackets, 1, 1024);
  check.address('address', config.address);
  check.integer('port', config.port, 1, 65_535);
  if (config.payloadBytes !== undefined) check.integer('payloadBytes', config.payloadBytes, 0, 65_507);
  if (config.socketBufferBytes !== null) check.integer('socketBufferBytes', config.socketBufferBytes, smallestBufferBytes, 2 ** 30);
  if (config.steering !== undefined) checkSteering(check, config, config.steering);
  if (config.workNs !== 0) check.numberAbove('workNs', config.workNs, 0, 1e9);
  checkSeconds(caller, 'seconds', config.seconds);
  check.oneOf('paused', config.paused, [true, false]);
}

function checkPath(
  check: Check,
  { layout, device, socketMapNumber, path = 'socket', call = 'recvmmsg', waiting = 'block', gro = false, sequenced = false }: ReceiverConfig,
): void {
  check.oneOf('path', path, ['socket', 'io-uring', 'af-xdp']);
  if (path === 'af-xdp') {
    check.device('device', device);
    check.oneOf('layout', layout, ['single']);
    if (socketMapNumber !== undefined) check.integer('socketMapNumber', socketMapNumber, 1, 2 ** 31 - 1);
  }
  check.oneOf('call', call, path === 'socket' ? ['recvmmsg', 'recv'] : ['recvmmsg']);
  if (typeof waiting === 'object') {
    check.fields('waiting', waiting, ['busyPollUs']);
    check.integer('waiting.busyPollUs', waiting.busyPollUs, 1, 10_000);
    check.oneOf('path', path, ['socket']);
  } else check.oneOf('waiting', waiting, ['block', 'spin']);
  check.oneOf('gro', gro, path === 'socket' && call === 'recvmmsg' ? [true, false] : [false]);
  check.oneOf('sequenced', sequenced, [true, false]);
}

function checkSteering(check: Check, { layout, threads }: ReceiverConfig, rules: SteeringRule[]): void {
  check.list('steering', rules, 1024);
  check.oneOf('layout', layout, ['reuseport']);
  for (const [index, rule] of rules.entries()) {
    check.fields(`steering[${index}]`, rule, ['cpu', 'socket']);
    check.integer(`steering[${index}].cpu`, rule.cpu, 0, 8191);
    check.integer(`steering[${index}].socket`, rule.socket, 0, threads.length - 1);
  }
}
