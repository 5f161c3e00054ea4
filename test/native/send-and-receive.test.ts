import { describe, expect, it } from 'vitest';
import { openReceiver } from '../../src/native/open-receiver.js';
import { openSender } from '../../src/native/open-sender.js';
import { freshPort, receiverConfig, run, senderConfig, senderThread, total, until } from './loopback.js';

describe.skipIf(process.platform !== 'linux')('send and receive over loopback (Linux only)', () => {
  it('counts every packet and byte on both ends', async () => {
    const port = freshPort();
    const { sent, received, sockets } = await run(senderConfig(port), receiverConfig(port));
    // A busy machine may send less than the schedule says, never more.
    expect(total(sent)).toBeGreaterThan(0);
    expect(total(sent)).toBeLessThanOrEqual(300);
    expect(total(sent, 'bytes')).toBe(total(sent) * 32);
    expect(total(sent, 'calls')).toBe(total(sent) / 10);
    expect(total(sent, 'errors')).toBe(0);
    expect(total(received)).toBe(total(sent));
    expect(total(received, 'bytes')).toBe(total(sent) * 32);
    expect(total(received, 'errors')).toBe(0);
    expect(sockets).toEqual([{ socket: 0, dropped: 0, bufferBytes: expect.any(Number), queuedBytes: 0, truesizeBytes: null }]);
  });

  it('measures CPU time and lateness', async () => {
    const port = freshPort();
    const before = Number(process.hrtime.bigint());
    const { sent, received } = await run(senderConfig(port), receiverConfig(port));
    for (const counters of [...sent.threads, ...received.threads]) {
      expect(counters.cpuNs).toBeGreaterThan(0);
      expect(counters.busyNs).toBeGreaterThan(0);
    }
    expect(sent.latenessNs).toBeGreaterThan(0);
    expect(received.latenessNs).toBe(0);
    expect(received.threads[0]?.busyNs).toBe(received.threads[0]?.cpuNs);
    expect(sent.tNs).toBeGreaterThan(before);
  });

  it('uses every source port and destination in turn, also those of another thread', async () => {
    const port = freshPort();
    const sourcePorts = [freshPort(), freshPort()];
    const thread = senderThread(port, { destinations: ['127.0.0.1', '127.0.0.2'], sourcePorts, batchPackets: 1, offeredPps: 500 });
    const { sent, received } = await run({ threads: [thread, thread] }, receiverConfig(port, { address: '0.0.0.0' }));
    for (const { packets } of sent.threads) expect(packets).toBeGreaterThan(4);
    expect(total(received)).toBe(total(sent));
  });

  it.each(['shared', 'reuseport'] as const)('loses nothing with two threads in layout %s', async (layout) => {
    const port = freshPort();
    const sourcePorts = Array.from({ length: 16 }, freshPort);
    const { sent, received, sockets } = await run(
      senderConfig(port, { sourcePorts }),
      receiverConfig(port, { layout, threads: [{ cpu: null }, { cpu: 0 }] }),
    );
    expect(total(received)).toBe(total(sent));
    expect(received.threads).toHaveLength(2);
    expect(sockets).toHaveLength(layout === 'shared' ? 1 : 2);
  });

  it.each([0, 1])('steers the packets of CPU 0 to socket %i', async (socket) => {
    const port = freshPort();
    const sourcePorts = Array.from({ length: 8 }, freshPort);
    const { sent, received } = await run(
      // Over loopback the softirq runs on the sender's CPU.
      senderConfig(port, { cpu: 0, sourcePorts }),
      receiverConfig(port, { layout: 'reuseport', threads: [{ cpu: null }, { cpu: null }], steering: [{ cpu: 0, socket }] }),
    );
    expect(received.threads[socket]?.packets).toBe(total(sent));
  });

  it('carries empty and long payloads', async () => {
    for (const payloadBytes of [0, 9000]) {
      const port = freshPort();
      const { sent, received } = await run(
        senderConfig(port, { payloadBytes, offeredPps: 100, batchPackets: 1 }),
        receiverConfig(port, { payloadBytes }),
        0.1,
      );
      expect(total(received)).toBeGreaterThan(0);
      expect(total(received, 'bytes')).toBe(total(sent) * payloadBytes);
    }
  });

  it('works on each packet for the time asked', async () => {
    const port = freshPort();
    const { received } = await run(
      senderConfig(port, { offeredPps: 500, batchPackets: 1 }),
      receiverConfig(port, { workNs: 100_000, batchPackets: 1 }),
    );
    expect(received.threads[0]?.cpuNs).toBeGreaterThan(0.9 * total(received) * 100_000);
  });

  it('sets the socket buffer to the byte, and counts what does not fit', async () => {
    const port = freshPort();
    const receiver = openReceiver(receiverConfig(port, { paused: true, socketBufferBytes: 4096 }));
    const sender = openSender(senderConfig(port));
    sender.start(0.1);
    sender.join();
    const [socket] = receiver.sockets();
    expect(socket?.bufferBytes).toBe(4096);
    expect(socket?.dropped).toBeGreaterThan(0);
    expect(socket?.queuedBytes).toBeGreaterThan(0);
    receiver.start();
    const kept = total(sender.snapshot()) - (socket?.dropped ?? 0);
    await until(() => total(receiver.snapshot()) === kept);
    receiver.stop();
    receiver.join();
  });
});
