import { describe, expect, it } from 'vitest';
import { type CpuThread, sharedCpu } from '../../src/model/stages/shared-cpu.js';

const thread = (changes: Partial<CpuThread>): CpuThread => ({
  arrivalPps: 0,
  localPps: 0,
  makers: [],
  packetNs: 1000,
  bufferPackets: 256,
  wakeNs: 2000,
  weight: 1,
  quantumNs: 8000,
  isEndless: false,
  ...changes,
});
const settled = (threads: CpuThread[]) => {
  let shares = threads.map(() => 1 / threads.length);
  for (let step = 0; step < 200; step++) {
    const turns = sharedCpu(threads, shares);
    shares = shares.map((share, index) => share + 0.3 * ((turns[index]?.share ?? 0) - share));
  }
  return sharedCpu(threads, shares);
};
const wire = (pps: number) => thread({ isEndless: true, arrivalPps: pps, packetNs: 0.5e9 / pps, quantumNs: 10_000 });
const fed = (pps: number, changes: Partial<CpuThread> = {}) => thread({ arrivalPps: pps, localPps: pps, makers: [0], ...changes });

describe('threads that share a CPU', () => {
  it('lose nothing while they keep up, in rounds that the wake-ups make', () => {
    const turns = settled([thread({ arrivalPps: 300_000 }), fed(300_000)]);
    for (const { pps } of turns) expect(pps).toBeCloseTo(300_000, 0);
    expect(turns[0]?.wakeUpsPps).toBeCloseTo(((1 - 0.6) * 1e9) / (2 * 2000), 3);
  });

  it('leave a reader less than half once its queue has more to do than the rest of the CPU can take: livelock with a floor', () => {
    const [queue, reader] = settled([thread({ arrivalPps: 5e6 }), fed(700_000)]);
    expect(reader?.share).toBeGreaterThan(0.25);
    expect(reader?.share).toBeLessThan(0.5);
    expect((queue?.share ?? 0) + (reader?.share ?? 0)).toBeCloseTo(1, 6);
    expect(reader?.pps).toBeLessThan(((reader?.share ?? 0) * 1e9) / 1000);
  });

  it('make one wait for the clock beside a thread that never sleeps, so that a small buffer loses at a load that a big one bears', () => {
    const at = (bufferPackets: number) => settled([wire(200_000), fed(200_000, { bufferPackets, wakeNs: 0 })])[1]?.pps ?? 0;
    expect(at(64)).toBeLessThan(190_000);
    expect(at(1024)).toBeCloseTo(200_000, 0);
    expect(at(64)).toBeGreaterThan(50_000);
  });

  it('split the CPU by weight between two that never sleep', () => {
    const [one, other] = settled([wire(9e6), { ...wire(9e6), weight: 0.5 }]);
    expect((one?.share ?? 0) / (other?.share ?? 1)).toBeCloseTo(2, 6);
  });
});
