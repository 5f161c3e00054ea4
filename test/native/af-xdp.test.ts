import { describe, expect, it } from 'vitest';
import { labObstacles } from '../../src/index.js';
import { Lab } from '../../src/lab/index.js';
import { spawnWorker } from '../../src/native/spawn-worker.js';
import { receiverConfig, senderConfig, total, until } from './loopback.js';

const obstacles = labObstacles();

describe.skipIf(obstacles.length)(`AF_XDP${obstacles.length ? ` (skipped: ${obstacles.join('; ')})` : ''}`, () => {
  it.each(['block', 'spin'] as const)(
    'takes every datagram of its port before the network stack, whole and in order, waiting by %s',
    async (waiting) => {
      const lab = Lab.open();
      try {
        const config = receiverConfig(4321, { path: 'af-xdp', device: lab.receiver.device, waiting, sequenced: true });
        const receiving = await spawnWorker({ role: 'receiver', namespace: lab.receiver.namespace, config });
        const thread = { destinations: ['192.168.254.1'], sourcePorts: [5000], sequenced: true, payloadBytes: 100 };
        const sending = await spawnWorker({ role: 'sender', namespace: lab.sender.namespace, config: senderConfig(4321, thread) });
        await sending.start(0.3);
        const sent = await sending.done;
        await until(async () => total(await receiving.snapshot()) === total(sent));
        const received = await receiving.stop();
        await sending.stop();
        expect(total(sent)).toBeGreaterThan(0);
        expect(total(received, 'bytes')).toBe(100 * total(sent));
        expect(received.arrivals?.sequence).toMatchObject({ received: total(sent), missing: 0, duplicated: 0, reordered: 0 });
      } finally {
        lab.close();
      }
    },
  );

  it('a second one takes the queue after the first has gone', async () => {
    const lab = Lab.open();
    try {
      for (let round = 0; round < 3; round++) {
        const config = receiverConfig(4321, { path: 'af-xdp', device: lab.receiver.device, seconds: 0.1 });
        const receiving = await spawnWorker({ role: 'receiver', namespace: lab.receiver.namespace, config });
        await receiving.stop();
      }
    } finally {
      lab.close();
    }
  });
});
