import { describe, expect, it } from 'vitest';
import { predict } from '../../src/model/index.js';
import { guest, nicRun } from './software-nic-host.js';

const run = (offeredPps: number, queueCpu: number, readerCpu: number, socketBufferBytes: number | null = null) => {
  const experiment = nicRun({ offeredPps, queueCpus: [queueCpu], readerCpu, ringPackets: 1024 });
  return predict({ ...experiment, receiver: { ...experiment.receiver, socketBufferBytes } }, guest());
};

describe('threads that take turns on one CPU', () => {
  it('lose nothing while they keep up', () => {
    const { deliveredPps, lossesPps, bottleneck } = run(200_000, 1, 1);
    expect(deliveredPps).toBeCloseTo(200_000, 6);
    expect(lossesPps).toMatchObject({ nicRing: 0, socketBuffer: 0 });
    expect(bottleneck).toBe('none');
  });

  it('leave a reader less than half of its CPU once its queue has more to do than the rest can take: livelock with a floor', () => {
    const [far, farther] = [run(1_500_000, 1, 1), run(3_000_000, 1, 1)];
    expect(far.deliveredPps).toBeLessThan((0.5 * 1e9) / 800);
    expect(farther.deliveredPps).toBeGreaterThan((0.25 * 1e9) / 800);
    expect(farther.deliveredPps / far.deliveredPps).toBeCloseTo(1, 1);
  });

  it('make one wait for the clock beside a thread that never sleeps, so that a small buffer loses at a load that a big one bears', () => {
    expect(run(200_000, 1, 0).deliveredPps).toBeLessThan(190_000);
    expect(run(200_000, 1, 0, 4_000_000).deliveredPps).toBeCloseTo(200_000, 0);
  });

  it('never use more of a CPU than there is, and give the same numbers again', () => {
    const [once, again] = [run(900_000, 0, 0), run(900_000, 0, 0)];
    expect(again).toEqual(once);
    for (const { system, user } of once.cpus) expect(system + user).toBeLessThanOrEqual(1);
  });
});
