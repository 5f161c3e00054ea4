import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptedWhileReading } from '../../src/model/stages/batch-work.js';
import { BurstBuffer } from '../../src/model/stages/burst-loss.js';

/** Rates that stand still for so long. */
interface Part {
  seconds: number;
  arrivalPps: number;
  capacityPps: number;
}

/** Packets that a buffer loses in a number of cycles, the first of which begins with an empty buffer. */
function lostIn(buffer: BurstBuffer, parts: Part[], cycles: number): number {
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (const { seconds, arrivalPps, capacityPps } of parts) {
      for (let left = seconds; left > 1e-12; ) {
        buffer.begin(arrivalPps, capacityPps);
        const step = Math.min(left, buffer.changesIn());
        buffer.advance(step);
        left -= step;
      }
    }
  }
  return buffer.lost;
}

const turns = [
  { seconds: 0.5e-3, arrivalPps: 8e5, capacityPps: 4e5 },
  { seconds: 0.5e-3, arrivalPps: 0, capacityPps: 4e5 },
];

describe('bursts into a finite buffer', () => {
  it('lose what the buffer cannot hold until the reader has caught up', () => {
    // Half a millisecond at 4e5 more than is read: 200 packets wait, or as many as there is room for.
    expect(lostIn(new BurstBuffer(200, 1024, 0, false), turns, 1)).toBeCloseTo(0, 6);
    expect(lostIn(new BurstBuffer(100, 1024, 0, false), turns, 3)).toBeCloseTo(300, 6);
  });

  it('lose less where the reader has part of them in hand to work on', () => {
    const [plain, working] = [0, 0.9].map((workShare) => lostIn(new BurstBuffer(100, 1024, workShare, false), turns, 5));
    expect(working).toBeLessThan(0.9 * (plain ?? 0));
  });

  it('neither lose more than comes nor deliver more than the reader has time for', () => {
    const part = fc.record({ seconds: fc.double({ min: 1e-5, max: 1e-2, noNaN: true }), arrivalPps: rates(), capacityPps: rates() });
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 1e4 }),
        fc.integer({ min: 1, max: 1024 }),
        fc.constantFrom(0, 0.3, 0.9),
        (parts, bufferPackets, batchPackets, workShare) => {
          const buffer = new BurstBuffer(bufferPackets, batchPackets, workShare, false);
          const lost = lostIn(buffer, parts, 2);
          const sum = (value: (part: Part) => number) => 2 * parts.reduce((total, each) => total + each.seconds * value(each), 0);
          const arrived = sum(({ arrivalPps }) => arrivalPps);
          expect(lost).toBeLessThanOrEqual(arrived * (1 + 1e-6));
          // What is in hand is read, and will be worked on; small batches count as one packet after the other.
          const small = 2 * parts.length * Math.max(1, bufferPackets / 32);
          const most = sum(({ capacityPps }) => capacityPps) + Math.min(batchPackets, arrived) + small;
          expect(arrived - lost - buffer.waiting).toBeLessThanOrEqual(most * (1 + 1e-6));
        },
      ),
      { seed: 5, numRuns: 60 },
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
