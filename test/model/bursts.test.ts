import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptedWhileReading } from '../../src/model/stages/batch-work.js';
import { type BurstPhase, deliveredInBursts } from '../../src/model/stages/burst-loss.js';

const steady = (capacityPps: number) => ({ capacityPps, fullCapacityPps: capacityPps });
const turns: BurstPhase[] = [
  { share: 0.5, arrivalPps: 8e5, ...steady(4e5) },
  { share: 0.5, arrivalPps: 0, ...steady(4e5) },
];

describe('bursts into a finite buffer', () => {
  it('lose what the buffer cannot hold until the reader has caught up', () => {
    // Half a millisecond at 4e5 more than is read: 200 packets wait, or as many as there is room for.
    expect(deliveredInBursts(turns, 1e-3, 200)).toBeCloseTo(4e5, 3);
    expect(deliveredInBursts(turns, 1e-3, 100)).toBeCloseTo(3e5, 3);
  });

  it('lose less where a full buffer leaves the reader more time', () => {
    const relieved = turns.map((phase) => ({ ...phase, fullCapacityPps: 6e5 }));
    // The second half of the burst meets a full buffer: 2e5 a second more are lost instead of 4e5.
    expect(deliveredInBursts(relieved, 1e-3, 100)).toBeCloseTo(3.5e5, 3);
  });

  const phases = fc.array(
    fc.record({ share: fc.double({ min: 0.01, max: 1, noNaN: true }), arrivalPps: rates(), capacityPps: rates(), more: rates() }),
    { minLength: 1, maxLength: 6 },
  );

  it('deliver no more than comes, and without bursts exactly what a fluid delivers', () => {
    fc.assert(
      fc.property(phases, fc.double({ min: 1e-4, max: 1, noNaN: true }), fc.integer({ min: 1, max: 1e4 }), (parts, cycleSeconds, bufferPackets) => {
        const sum = parts.reduce((total, { share }) => total + share, 0);
        const cycle = parts.map(({ share, arrivalPps, capacityPps, more }) => ({
          share: share / sum,
          arrivalPps,
          capacityPps,
          fullCapacityPps: capacityPps + more,
        }));
        const arrivals = cycle.reduce((total, { share, arrivalPps }) => total + share * arrivalPps, 0);
        const delivered = deliveredInBursts(cycle, cycleSeconds, bufferPackets);
        expect(delivered).toBeLessThanOrEqual(arrivals * (1 + 1e-9));
        expect(delivered).toBeGreaterThanOrEqual(-1e-6 * arrivals);
        const [{ arrivalPps, capacityPps }] = cycle as [BurstPhase];
        const even = [{ share: 1, arrivalPps, ...steady(capacityPps) }];
        expect(deliveredInBursts(even, cycleSeconds, bufferPackets) / Math.min(arrivalPps, capacityPps)).toBeCloseTo(1, 6);
      }),
      { seed: 5 },
    );
  });
});

it('a socket accepts what its readers take out, and everything where they read faster than packets come', () => {
  expect(acceptedWhileReading(500, 0, 4e6, 1)).toBe(0.5);
  expect(acceptedWhileReading(500, 5000, 1e6, 1)).toBe(1);
  // Two readers that never work read twice as much.
  expect(acceptedWhileReading(500, 0, 4e6, 2)).toBe(1);
  expect(acceptedWhileReading(500, 500, 4e6, 2)).toBe(0.75);
});

function rates(): fc.Arbitrary<number> {
  return fc.double({ min: 1e3, max: 2e6, noNaN: true });
}
