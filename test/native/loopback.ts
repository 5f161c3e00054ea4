import type { NativeSnapshot, ReceiverConfig, SenderConfig, SenderThread } from '../../src/native/contract.js';
import { openReceiver } from '../../src/native/open-receiver.js';
import { openSender } from '../../src/native/open-sender.js';

// Test files run at the same time: each process draws its ports from its own range.
let nextPort = 20_000 + (process.pid % 1000) * 20;

/** A UDP port that no other test uses. */
export function freshPort(): number {
  return nextPort++;
}

/** A gentle sending thread over loopback: 1000 packets a second. */
export function senderThread(destinationPort: number, changes: Partial<SenderThread> = {}): SenderThread {
  return {
    cpu: null,
    destinations: ['127.0.0.1'],
    destinationPort,
    sourcePorts: [freshPort()],
    batchPackets: 10,
    payloadBytes: 32,
    offeredPps: 1000,
    ...changes,
  };
}

export function senderConfig(destinationPort: number, changes: Partial<SenderThread> = {}): SenderConfig {
  return { threads: [senderThread(destinationPort, changes)] };
}

export function receiverConfig(port: number, changes: Partial<ReceiverConfig> = {}): ReceiverConfig {
  return {
    layout: 'single',
    threads: [{ cpu: null }],
    batchPackets: 512,
    address: '127.0.0.1',
    port,
    socketBufferBytes: null,
    workNs: 0,
    seconds: 5,
    paused: false,
    ...changes,
  };
}

export function total(snapshot: NativeSnapshot, counter: 'packets' | 'bytes' | 'calls' | 'errors' = 'packets'): number {
  return snapshot.threads.reduce((sum, thread) => sum + thread[counter], 0);
}

/** Sends for a while and waits until every packet has been read or counted as dropped. */
export async function run(sending: SenderConfig, receiving: ReceiverConfig, seconds = 0.3) {
  const receiver = openReceiver(receiving);
  const sender = openSender(sending);
  sender.start(seconds);
  await until(() => sender.finished());
  sender.join();
  const sent = sender.snapshot();
  const dropped = () => receiver.sockets().reduce((sum, socket) => sum + socket.dropped, 0);
  await until(() => total(receiver.snapshot()) + dropped() === total(sent));
  receiver.stop();
  receiver.join();
  return { sent, received: receiver.snapshot(), sockets: receiver.sockets(), arrivals: receiver.arrivals() };
}

/** Waits until a condition holds; fails after 5 s. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 500; round++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('condition did not come true within 5 s');
}

/** The error that an action throws or rejects with. */
export async function failure(action: () => unknown): Promise<NodeJS.ErrnoException> {
  try {
    await action();
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
  throw new Error('expected a failure');
}
