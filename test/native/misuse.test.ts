import { describe, expect, it } from 'vitest';
import type { ReceiverConfig, SenderThread } from '../../src/native/contract.js';
import { enterNamespace } from '../../src/native/enter-namespace.js';
import { openReceiver } from '../../src/native/open-receiver.js';
import { openSender } from '../../src/native/open-sender.js';
import { pinThread } from '../../src/native/pin-thread.js';
import { freshPort, receiverConfig, senderConfig } from './loopback.js';

const wrongSenders: [string, Record<string, unknown>, string][] = [
  ['TypeError', { batchPackets: '1' }, 'openSender: threads[0].batchPackets must be an integer from 1 to 1024, got 1'],
  ['RangeError', { batchPackets: 1025 }, 'openSender: threads[0].batchPackets must be an integer from 1 to 1024, got 1025'],
  ['RangeError', { payloadBytes: 65_508 }, 'openSender: threads[0].payloadBytes must be an integer from 0 to 65507, got 65508'],
  ['RangeError', { offeredPps: 0 }, 'openSender: threads[0].offeredPps must be a number above 0 and at most 1000000000, got 0'],
  ['RangeError', { offeredPps: NaN }, 'openSender: threads[0].offeredPps must be a number above 0 and at most 1000000000, got NaN'],
  ['RangeError', { destinations: [] }, 'openSender: threads[0].destinations must be a list of 1 to 1024, got 0 elements'],
  ['TypeError', { destinations: ['::1'] }, 'openSender: threads[0].destinations[0] must be an IPv4 address, got ::1'],
  ['RangeError', { sourcePorts: [0] }, 'openSender: threads[0].sourcePorts[0] must be an integer from 1 to 65535, got 0'],
  ['RangeError', { cpu: -1 }, 'openSender: threads[0].cpu must be an integer from 0 to 8191, got -1'],
  ['TypeError', { cpu: undefined }, 'openSender: threads[0].cpu must be an integer from 0 to 8191, got undefined'],
  [
    'TypeError',
    { batch: 1 },
    'openSender: threads[0] must have only the fields cpu, destinations, destinationPort, sourcePorts, batchPackets, payloadBytes, offeredPps, arrivals, seed, segments, sequenced, got batch',
  ],
  ['RangeError', { segments: 1 }, 'openSender: threads[0].segments must be an integer from 2 to 128, got 1'],
  ['RangeError', { segments: 2, payloadBytes: 0 }, 'openSender: threads[0].payloadBytes must be an integer from 1 to 32753, got 0'],
  ['RangeError', { sequenced: true, payloadBytes: 15 }, 'openSender: threads[0].payloadBytes must be an integer from 16 to 65507, got 15'],
  ['TypeError', { arrivals: 'random' }, 'openSender: threads[0].arrivals must be one of constant, poisson, got random'],
  ['TypeError', { arrivals: 'poisson', offeredPps: null }, 'openSender: threads[0].arrivals must be one of constant, got poisson'],
  ['RangeError', { arrivals: { onMs: 0, offMs: 1 } }, 'openSender: threads[0].arrivals.onMs must be a number above 0 and at most 10000, got 0'],
  ['RangeError', { seed: -1 }, 'openSender: threads[0].seed must be an integer from 0 to 9007199254740991, got -1'],
];

const wrongReceivers: [string, Record<string, unknown>, string][] = [
  ['TypeError', { layout: 'many' }, 'openReceiver: layout must be one of single, shared, reuseport, got many'],
  ['RangeError', { threads: [{ cpu: null }, { cpu: null }] }, 'openReceiver: threads must be a list of 1 to 1, got 2 elements'],
  ['RangeError', { socketBufferBytes: 2303 }, 'openReceiver: socketBufferBytes must be an integer from 2304 to 1073741824, got 2303'],
  ['RangeError', { seconds: Infinity }, 'openReceiver: seconds must be a number above 0 and at most 86400, got Infinity'],
  ['RangeError', { workNs: -1 }, 'openReceiver: workNs must be a number above 0 and at most 1000000000, got -1'],
  ['TypeError', { steering: [{ cpu: 0, socket: 0 }] }, 'openReceiver: layout must be one of reuseport, got single'],
  [
    'RangeError',
    { layout: 'reuseport', steering: [{ cpu: 0, socket: 1 }] },
    'openReceiver: steering[0].socket must be an integer from 0 to 0, got 1',
  ],
  ['TypeError', { paused: 1 }, 'openReceiver: paused must be one of true, false, got 1'],
  ['TypeError', { path: 'socket', call: 'read' }, 'openReceiver: call must be one of recvmmsg, recv, got read'],
  ['TypeError', { path: 'io-uring', call: 'recv' }, 'openReceiver: call must be one of recvmmsg, got recv'],
  ['TypeError', { path: 'io-uring', gro: true }, 'openReceiver: gro must be one of false, got true'],
  ['TypeError', { waiting: 'poll' }, 'openReceiver: waiting must be one of block, spin, got poll'],
  ['RangeError', { waiting: { busyPollUs: 0 } }, 'openReceiver: waiting.busyPollUs must be an integer from 1 to 10000, got 0'],
  ['TypeError', { path: 'io-uring', waiting: { busyPollUs: 50 } }, 'openReceiver: path must be one of socket, got io-uring'],
  ['TypeError', { address: 'localhost' }, 'openReceiver: address must be an IPv4 address, got localhost'],
];

function caught(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('expected a failure');
}

describe('misuse of the native functions', () => {
  it.each(wrongSenders)('openSender throws a %s for %o', (name, changes, message) => {
    const error = caught(() => openSender(senderConfig(1, changes as Partial<SenderThread>)));
    expect([error.name, error.message]).toEqual([name, message]);
  });

  it.each(wrongReceivers)('openReceiver throws a %s for %o', (name, changes, message) => {
    const error = caught(() => openReceiver(receiverConfig(1, changes as Partial<ReceiverConfig>)));
    expect([error.name, error.message]).toEqual([name, message]);
  });

  it('refuses a config that is no object', () => {
    expect(() => openSender(null as never)).toThrow(new TypeError('openSender: config must be an object, got null'));
    expect(() => openReceiver([] as never)).toThrow(new TypeError('openReceiver: config must be an object, got []'));
  });

  it('refuses CPUs and paths that are none', () => {
    expect(() => pinThread(0.5)).toThrow(RangeError);
    expect(() => enterNamespace('')).toThrow(new TypeError('enterNamespace: path must be a path, got ""'));
  });

  it.skipIf(process.platform !== 'linux')('refuses to run for no time (Linux only)', () => {
    const sender = openSender(senderConfig(freshPort()));
    expect(() => sender.start(0)).toThrow(new RangeError('NativeSender.start: seconds must be a number above 0 and at most 86400, got 0'));
    sender.stop();
    sender.join();
  });
});
