import { describe, expect, it } from 'vitest';
import { schedulerSliceNs } from '../../src/model/index.js';
import { type CpuThread, sharedCpu } from '../../src/model/stages/shared-cpu.js';

const thread = (changes: Partial<CpuThread>): CpuThread => ({
  arrivalPps: 0,
  localPps: 0,
  packetNs: 1000,
  bufferPackets: 256,
  wakeNs: 2000,
  isEndless: false,
  ...changes,
});
const settled = (threads: CpuThread[], sliceNs = 1.4e6) => {
  let shares = threads.map(() => 1 / threads.length);
  for (let step = 0; step < 200; step++) {
    const { runNs, roundNs } = sharedCpu(threads, sliceNs, shares);
    shares = shares.map((share, index) => share + 0.3 * ((runNs[index] ?? 0) / roundNs - share));
  }
  return sharedCpu(threads, sliceNs, shares);
};

describe('threads that share a CPU', () => {
  it('lose nothing while they keep up, in rounds that the wake-ups make', () => {
    const { pps, roundNs } = settled([thread({ arrivalPps: 300_000 }), thread({ arrivalPps: 300_000, localPps: 300_000 })]);
    for (const one of pps) expect(one).toBeCloseTo(300_000, 0);
    expect(roundNs).toBeCloseTo((2 * 2000) / (1 - 0.6), 3);
  });

  it('give a small buffer one fill each round when they cannot keep up', () => {
    const { pps, roundNs } = settled([thread({ arrivalPps: 5e6, bufferPackets: 1024 }), thread({ arrivalPps: 1e6, localPps: 1e6, packetNs: 500 })]);
    expect((pps[1]! * roundNs) / 1e9).toBeLessThan(256);
    expect((pps[1]! * roundNs) / 1e9).toBeGreaterThan(200);
  });

  it('split the CPU evenly between two that never stop', () => {
    const { runNs, pps } = settled([thread({ isEndless: true, arrivalPps: 9e6 }), thread({ arrivalPps: 9e6, bufferPackets: 1e7 })]);
    expect(runNs[0]).toBeCloseTo(runNs[1] ?? 0, 0);
    expect(pps[1]).toBeCloseTo(500_000, -3);
  });

  it('have slices of the length that the kernel’s source gives', () => {
    expect(schedulerSliceNs('6.18.1', 1)).toBe(700_000);
    expect(schedulerSliceNs('6.6', 4)).toBe(2_250_000);
    expect(schedulerSliceNs('6.18', 64)).toBe(2_800_000);
  });
});
