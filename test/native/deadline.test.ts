import { describe, expect, it } from 'vitest';
import { openReceiver } from '../../src/native/open-receiver.js';
import { openSender } from '../../src/native/open-sender.js';
import { freshPort, receiverConfig, senderConfig, total, until } from './loopback.js';

describe.skipIf(process.platform !== 'linux')('deadline and stop (Linux only)', () => {
  it('ends all threads at the deadline, although JavaScript is stuck', () => {
    const port = freshPort();
    const receiver = openReceiver(receiverConfig(port, { seconds: 0.2 }));
    const sender = openSender(senderConfig(port));
    sender.start(0.1);
    const wake = new Int32Array(new SharedArrayBuffer(4));
    Atomics.wait(wake, 0, 0, 400);
    expect(sender.finished()).toBe(true);
    expect(receiver.finished()).toBe(true);
    expect(total(sender.snapshot())).toBeGreaterThan(0);
    receiver.join();
  });

  it('stops before the deadline, and twice', () => {
    const receiver = openReceiver(receiverConfig(freshPort(), { seconds: 60 }));
    expect(receiver.finished()).toBe(false);
    for (let round = 0; round < 2; round++) {
      receiver.stop();
      receiver.join();
      expect(receiver.finished()).toBe(true);
      expect(receiver.sockets()).toHaveLength(1);
    }
  });

  it('stops threads that were never started, and a slow pace between two batches', () => {
    const port = freshPort();
    const idle = openSender(senderConfig(port));
    idle.stop();
    idle.join();
    expect(total(idle.snapshot(), 'calls')).toBe(0);
    const slow = openSender(senderConfig(port, { offeredPps: 1 }));
    slow.start(60);
    slow.stop();
    slow.join();
    expect(slow.finished()).toBe(true);
  });

  it('does not read before the start of a paused receiver', async () => {
    const port = freshPort();
    const receiver = openReceiver(receiverConfig(port, { paused: true }));
    const sender = openSender(senderConfig(port));
    sender.start(0.05);
    sender.join();
    expect(total(receiver.snapshot())).toBe(0);
    const sent = total(sender.snapshot());
    expect(sent).toBeGreaterThan(0);
    receiver.start();
    await until(() => total(receiver.snapshot()) === sent);
    receiver.stop();
    receiver.join();
  });

  it('keeps sending when nobody listens, and counts the refusals', () => {
    const sender = openSender(senderConfig(freshPort(), { batchPackets: 1 }));
    sender.start(0.1);
    sender.join();
    expect(total(sender.snapshot())).toBeGreaterThan(0);
    expect(total(sender.snapshot(), 'errors')).toBeGreaterThan(0);
  });
});
