import { describe, expect, it } from 'vitest';
import { exactExponential, exactLogarithm } from '../../src/model/simulate/exact-exponential.js';
import { meanInterval } from '../../src/model/simulate/mean-interval.js';
import { RandomStream } from '../../src/model/simulate/random-stream.js';
import { streamSeed } from '../../src/model/simulate/stream-seed.js';
import { studentT } from '../../src/model/simulate/student-t.js';
import { layerEnds, layerHeights, tailStart } from '../../src/model/simulate/ziggurat-tables.js';

describe('elementary functions from plain arithmetic', () => {
  it('agree with those of the engine', () => {
    for (let x = -20; x <= 10; x += 0.37) {
      expect(exactExponential(x) / Math.exp(x)).toBeCloseTo(1, 14);
      expect(exactLogarithm(Math.exp(x))).toBeCloseTo(x, 13);
    }
  });
});

describe('ziggurat tables', () => {
  it('close at the top and give every layer the same area', () => {
    expect([layerEnds[1], layerEnds[256], layerHeights[256]]).toEqual([tailStart, 0, 1]);
    const area = (layer: number) => layerEnds[layer]! * (layerHeights[layer + 1]! - layerHeights[layer]!);
    for (let layer = 1; layer < 256; layer++) expect(area(layer) / area(1)).toBeCloseTo(1, 9);
  });
});

describe('a random stream', () => {
  it('gives the same numbers in every engine, now and later', () => {
    const stream = new RandomStream(1);
    const numbers = [stream.bits(), stream.bits(), stream.exponential(), stream.uniform()];
    expect(numbers).toEqual([337882849, 1784401555, 1.480677070287506, 0.5122926657786593]);
  });

  it('gives exponential numbers with the moments and the tail of their distribution', () => {
    const stream = new RandomStream(7);
    const count = 1_000_000;
    const sums = [0, 0, 0];
    let beyondTail = 0;
    for (let n = 0; n < count; n++) {
      const x = stream.exponential();
      for (let power = 1; power <= 3; power++) sums[power - 1]! += x ** power / count;
      if (x > 3) beyondTail++;
    }
    // Four standard errors each: Var(X^k) = (2k)! - (k!)^2.
    expect(Math.abs(sums[0]! - 1)).toBeLessThan(4 * Math.sqrt(1 / count));
    expect(Math.abs(sums[1]! - 2)).toBeLessThan(4 * Math.sqrt(20 / count));
    expect(Math.abs(sums[2]! - 6)).toBeLessThan(4 * Math.sqrt(684 / count));
    expect(Math.abs(beyondTail / count - Math.exp(-3))).toBeLessThan(4 * Math.sqrt(Math.exp(-3) / count));
  });

  it('is unrelated to the streams of neighbouring names', () => {
    const seeds = new Set([0, 1, 2].flatMap((a) => [0, 1, 2].flatMap((b) => [0, 1, 2].map((c) => streamSeed(a, b, c)))));
    expect(seeds.size).toBe(27);
    const [one, other] = [new RandomStream(streamSeed(1, 0)), new RandomStream(streamSeed(1, 1))];
    const count = 100_000;
    let covariance = 0;
    for (let n = 0; n < count; n++) covariance += ((one.uniform() - 0.5) * (other.uniform() - 0.5)) / count;
    expect(Math.abs(covariance * 12)).toBeLessThan(4 / Math.sqrt(count));
  });
});

describe('Student’s quantile', () => {
  // Abramowitz and Stegun, table 26.10.
  it.each([
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.95, 3, 2.353],
    [0.975, 4, 2.776],
    [0.995, 5, 4.032],
    [0.975, 7, 2.365],
    [0.995, 10, 3.169],
    [0.9995, 15, 4.073],
    [0.975, 30, 2.042],
    [0.975, 120, 1.98],
  ])('%f with %i degrees of freedom', (probability, freedom, value) => {
    expect(studentT(probability, freedom)).toBeCloseTo(value, 3);
  });

  it('refuses what has no quantile', () => {
    expect(() => studentT(0.4, 3)).toThrow('studentT: probability must be above 0.5 and below 1, got 0.4');
    expect(() => studentT(0.9, 1.5)).toThrow('studentT: freedom must be an integer from 1, got 1.5');
  });
});

describe('an interval of replications', () => {
  const steady = (pps: number) => ({ pps, firstHalfPps: pps, secondHalfPps: pps });

  it('is Student’s', () => {
    const { interval, doubt } = meanInterval([9, 10, 11, 10].map(steady));
    expect(doubt).toBeNull();
    expect(interval.kind).toBe('confidence');
    expect(interval.high - 10).toBeCloseTo((studentT(0.975, 3) * Math.sqrt(2 / 3)) / 2, 9);
  });

  it('covers the true mean as often as it says', () => {
    const stream = new RandomStream(3);
    const trials = 2000;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { interval } = meanInterval(Array.from({ length: 8 }, () => steady(sumOf(12, () => stream.uniform()))));
      if (interval.low <= 6 && interval.high >= 6) covered++;
    }
    expect(Math.abs(covered / trials - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / trials));
  });

  it('is only the observed range when there are too few, or when they drift', () => {
    expect(meanInterval([1, 2, 3].map(steady))).toEqual({
      interval: { low: 1, high: 3, level: 1, kind: 'observed' },
      doubt: expect.stringContaining('3 replications'),
    });
    const drifting = [10, 10.1, 10.2, 10.1].map((pps) => ({ pps, firstHalfPps: pps + 3, secondHalfPps: pps - 3 }));
    expect(meanInterval(drifting).doubt).toMatch(/simulate more seconds/);
  });
});

function sumOf(count: number, value: () => number): number {
  let sum = 0;
  for (let n = 0; n < count; n++) sum += value();
  return sum;
}
