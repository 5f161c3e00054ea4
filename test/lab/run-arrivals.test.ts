import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runArrivals } from '../../src/lab/run-arrivals.js';
import type { ArrivalReading } from '../../src/native/contract.js';

const nothing: ArrivalReading = { batches: [], latencies: [], sequence: null };

describe('runArrivals', () => {
  it('holds what came inside the window only', () => {
    const before: ArrivalReading = { ...nothing, batches: [[1, 5]], latencies: [[1000, 5]] };
    const inside: ArrivalReading = {
      ...nothing,
      batches: [
        [1, 5],
        [7, 2],
      ],
      latencies: [
        [1000, 6],
        [2000, 3],
      ],
    };
    const { batches, latency } = runArrivals(before, inside, inside);
    expect(batches).toEqual([[7, 2]]);
    expect(latency).toMatchObject({ packets: 4 });
    expect(latency?.buckets).toEqual([
      [1000, 1],
      [2000, 3],
    ]);
  });

  it('leaves out what was not asked for', () => {
    expect(runArrivals(nothing, nothing, nothing)).toEqual({ batches: [] });
  });

  it('reads quantiles to 1 % of the value whose rank they are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1000, max: 10_000_000_000 }), { minLength: 1, maxLength: 200 }), (times) => {
        const sorted = [...times].sort((a, b) => a - b);
        const { latency } = runArrivals(nothing, { ...nothing, latencies: sorted.map((ns) => [ns, 1]) }, nothing);
        for (const [quantile, told] of [
          [0.5, latency?.p50Ns],
          [0.9, latency?.p90Ns],
          [0.99, latency?.p99Ns],
          [1, latency?.maxNs],
        ] as const) {
          const exact = sorted[Math.ceil(quantile * sorted.length) - 1]!;
          expect(Math.abs(told! / exact - 1)).toBeLessThan(0.01);
        }
      }),
    );
  });
});
