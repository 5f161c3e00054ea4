import { describe, expect, it } from 'vitest';
import type { ReceiverConfig } from '../../src/native/contract.js';
import { freshPort, receiverConfig, run, senderConfig, total } from './loopback.js';

const paths: Partial<ReceiverConfig>[] = [
  { call: 'recv' },
  { call: 'recv', waiting: 'spin' },
  { waiting: 'spin' },
  { gro: true },
  { gro: true, waiting: 'spin' },
  { path: 'io-uring' },
  { path: 'io-uring', waiting: 'spin' },
  // More than one thread may lose the race for a packet; none may be lost or read twice.
  { layout: 'shared', threads: [{ cpu: null }, { cpu: null }] },
  { layout: 'shared', threads: [{ cpu: null }, { cpu: null }], path: 'io-uring' },
  { layout: 'reuseport', threads: [{ cpu: null }, { cpu: null }], path: 'io-uring' },
];
const isRoot = process.getuid?.() === 0;

describe.skipIf(process.platform !== 'linux')('receive paths (Linux only)', () => {
  it.each(paths)('every datagram comes once and whole through %o', async (path) => {
    const port = freshPort();
    const { sent, received, sockets, arrivals } = await run(
      senderConfig(port, { sequenced: true, payloadBytes: 100 }),
      receiverConfig(port, { sequenced: true, ...path }),
    );
    expect(total(sent)).toBeGreaterThan(0);
    expect(sockets.map(({ dropped }) => dropped)).toEqual(sockets.map(() => 0));
    expect(total(received)).toBe(total(sent));
    expect(total(received, 'bytes')).toBe(100 * total(sent));
    expect(total(received, 'errors')).toBe(0);
    expect(arrivals.sequence).toMatchObject({ received: total(sent), missing: 0, duplicated: 0, unstamped: 0 });
    const read = arrivals.batches.reduce((sum, [messages, calls]) => sum + messages * calls, 0);
    expect(read).toBe(total(sent));
    expect(arrivals.batches.reduce((sum, [, calls]) => sum + calls, 0)).toBe(total(received, 'calls'));
  });

  it.skipIf(!isRoot)('busy polling reads everything too (as root only: SO_PREFER_BUSY_POLL)', async () => {
    const port = freshPort();
    const { sent, received } = await run(senderConfig(port), receiverConfig(port, { waiting: { busyPollUs: 50 } }));
    expect(total(received)).toBe(total(sent));
  });

  it('recv reads a datagram a call, recvmmsg no more than its batch', async () => {
    for (const [path, most] of [
      [{ call: 'recv' }, 1] as const,
      [{ batchPackets: 3 }, 3] as const,
      [{ path: 'io-uring', batchPackets: 3 }, 3] as const,
    ]) {
      const port = freshPort();
      const { arrivals } = await run(senderConfig(port, { batchPackets: 20 }), receiverConfig(port, path));
      for (const [messages] of arrivals.batches) expect(messages).toBeLessThanOrEqual(most);
    }
  });

  it('a reader that spins hardly ever sleeps, one that blocks sleeps about once a burst', async () => {
    const sleeps = async (waiting: 'spin' | 'block') => {
      const port = freshPort();
      const { sent, received } = await run(senderConfig(port, { offeredPps: 200, batchPackets: 1 }), receiverConfig(port, { waiting }), 0.5);
      return (received.threads[0]?.voluntarySwitches ?? Number.NaN) / total(sent);
    };
    expect(await sleeps('spin')).toBeLessThan(0.1);
    expect(await sleeps('block')).toBeGreaterThan(0.5);
  });

  it('the truesize of a datagram is told by sockets under load, the same whatever the load', async () => {
    const truesizes = new Set<number>();
    for (const batchPackets of [1, 7, 64]) {
      const port = freshPort();
      // Slow enough that datagrams come while others are worked on.
      const { sockets } = await run(senderConfig(port, { offeredPps: 20_000, batchPackets }), receiverConfig(port, { workNs: 20_000 }));
      truesizes.add(sockets[0]?.truesizeBytes ?? 0);
    }
    // A load that does not tell it says so.
    truesizes.delete(0);
    expect(truesizes.size).toBe(1);
    expect([...truesizes][0]! % 64).toBe(0);
  });
});
