import { describe, expect, it } from 'vitest';
import { freshPort, receiverConfig, run, senderConfig, total } from './loopback.js';

describe.skipIf(process.platform !== 'linux')('messages (Linux only)', () => {
  it.each([false, true])('a segmented message arrives as datagrams, each whole and in order, with gro %s', async (gro) => {
    const port = freshPort();
    const { sent, received, arrivals } = await run(
      senderConfig(port, { segments: 8, batchPackets: 2, payloadBytes: 50, sequenced: true }),
      receiverConfig(port, { gro, sequenced: true }),
    );
    expect(total(sent)).toBe(total(sent, 'calls') * 16);
    expect(total(received)).toBe(total(sent));
    expect(total(received, 'bytes')).toBe(50 * total(sent));
    expect(arrivals.sequence).toEqual({ received: total(sent), missing: 0, duplicated: 0, reordered: 0, unstamped: 0 });
    const messages = arrivals.batches.reduce((sum, [count, calls]) => sum + count * calls, 0);
    expect(messages).toBe(gro ? total(sent) / 8 : total(sent));
  });

  it('offers the mean rate however batches lie in time', async () => {
    for (const arrivals of ['constant', 'poisson', { onMs: 20, offMs: 80 }] as const) {
      const port = freshPort();
      const { sent } = await run(senderConfig(port, { arrivals, seed: 7, batchPackets: 1, offeredPps: 2000 }), receiverConfig(port), 1);
      // Seven standard deviations of a Poisson count; a busy machine may send less than the schedule says.
      expect(total(sent)).toBeLessThan(2000 + 7 * Math.sqrt(2000));
      expect(total(sent)).toBeGreaterThan(0);
    }
  });

  it('counts latency from the intended time of sending, so that a late sender does not hide it', async () => {
    const port = freshPort();
    const { sent, arrivals } = await run(
      senderConfig(port, { sequenced: true, batchPackets: 1, offeredPps: 500 }),
      // 5 ms of work on each packet of 2 ms: the wait grows by 3 ms a packet.
      receiverConfig(port, { sequenced: true, workNs: 5_000_000, batchPackets: 1, socketBufferBytes: 1 << 20 }),
      0.3,
    );
    const counted = arrivals.latencies.reduce((sum, [, packets]) => sum + packets, 0);
    expect(counted).toBe(total(sent));
    const longest = Math.max(...arrivals.latencies.map(([ns]) => ns));
    expect(longest).toBeGreaterThan(0.9 * (total(sent) - 1) * 3_000_000);
  });

  it('sees what never came in the gaps of the sequence', async () => {
    const port = freshPort();
    const { sent, sockets, arrivals } = await run(
      senderConfig(port, { sequenced: true, batchPackets: 1, offeredPps: 2000 }),
      receiverConfig(port, { sequenced: true, workNs: 10_000_000, batchPackets: 1, socketBufferBytes: 4096 }),
      0.2,
    );
    const { received = 0, missing = 0, duplicated, reordered } = arrivals.sequence ?? {};
    expect(sockets[0]?.dropped).toBeGreaterThan(0);
    expect(missing).toBeGreaterThan(0);
    // What is lost behind the last number that came cannot be seen.
    expect(received + missing).toBeLessThanOrEqual(total(sent));
    expect([duplicated, reordered]).toEqual([0, 0]);
  });
});
