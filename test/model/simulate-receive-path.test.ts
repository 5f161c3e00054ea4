import { describe, expect, it } from 'vitest';

type Engine = (seed: number, packets: number, load: number) => { ringLost: number; socketLost: number; delivered: number; meanDelayUs: number };

const engines = new URL('../../bench/receive-path/', import.meta.url).href;
const { heapEngine } = (await import(`${engines}heap-engine.mjs`)) as { heapEngine: Engine };
const { hybridEngine } = (await import(`${engines}hybrid-engine.mjs`)) as { hybridEngine: Engine };

describe('workload B', () => {
  it('gives the printed digits of 19 other implementations', () => {
    const packets = 4_000_000;
    const { ringLost, socketLost, delivered, meanDelayUs } = hybridEngine(1, packets, 1.4);
    expect([(ringLost / packets).toFixed(6), (socketLost / packets).toFixed(6)]).toEqual(['0.038790', '0.028216']);
    expect([delivered, meanDelayUs.toFixed(6)]).toEqual([3_728_024, '2936.706066']);
  });

  it.each([
    [2, 30_000, 1.4],
    [3, 100_001, 1.4],
    [4, 200_000, 1.4],
    [5, 8192, 1.0],
    [6, 100_000, 1.0],
    [7, 150_000, 2.5],
    [10, 500_000, 3.5],
    [8, 1, 1.4],
    [9, 60_000, 0.05],
  ])('has the same fates in both engines: seed %i, %i packets, load %f', (seed, packets, load) => {
    const [heap, hybrid] = [heapEngine(seed, packets, load), hybridEngine(seed, packets, load)];
    expect([hybrid.ringLost, hybrid.socketLost, hybrid.delivered]).toEqual([heap.ringLost, heap.socketLost, heap.delivered]);
    // The delays are added up in another order.
    if (heap.delivered > 0) expect(hybrid.meanDelayUs / heap.meanDelayUs).toBeCloseTo(1, 12);
  });
});
