import { expect, it } from 'vitest';
import { identifyInterruptions } from '../../src/lab/identify-interruptions.js';
import { randomNumbers } from '../../src/model/predict/random-numbers.js';
import type { Interruptions } from '../../src/native/contract.js';

const round = (lostNs: number, stallsNs: number[] = []): Interruptions => ({ spunNs: 250e6, lostNs, stallsNs });

it('reads shares of time and, where rounds agree, is sure of them', () => {
  const { interruptedRatio, stallRatio, stallNs } = identifyInterruptions(Array.from({ length: 5 }, () => round(10e6, [2e6, 2e6])));
  for (const [cost, value] of [
    [interruptedRatio, 0.04],
    [stallRatio, 0.016],
    [stallNs, 1e6],
  ] as const) {
    expect(cost?.value).toBeCloseTo(value, 9);
    expect(cost!.high / cost!.low).toBeCloseTo(1, 9);
  }
});

it('knows nothing from fewer than three rounds, and no lengths where nothing stalled', () => {
  expect(identifyInterruptions([round(1e6), null, round(1e6)])).toEqual({});
  expect(Object.keys(identifyInterruptions([round(1e6), round(2e6), round(1e6)]))).toEqual(['interruptedRatio']);
});

it('tells a crowded CPU from one that nobody else wants', () => {
  const costs = identifyInterruptions(
    [5e6, 5e6, 5e6].map((lostNs) => round(lostNs)),
    [12.5e6, 12.5e6, 12.5e6].map((lostNs) => round(lostNs)),
  );
  expect([costs.interruptedRatio?.value, costs.crowdedRatio?.value]).toEqual([expect.closeTo(0.02, 9), expect.closeTo(0.05, 9)]);
  expect(
    identifyInterruptions(
      [1, 2, 3].map((ms) => round(ms * 1e6)),
      [round(1e6), null, null],
    ),
  ).not.toHaveProperty('crowdedRatio');
});

it('values lie inside their intervals, also where a single round stalled', () => {
  for (const stalls of [[[3e5]], [[2e5, 9e6], [1e5]], [[2e5], [5e6], [1e5], [1e5], [7e5]]]) {
    const costs = identifyInterruptions(Array.from({ length: 5 }, (_, index) => round(1e7 + index, stalls[index])));
    for (const { low, value, high } of Object.values(costs)) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
      expect(low).toBeGreaterThanOrEqual(0);
    }
    expect(costs.stallRatio!.high).toBeLessThanOrEqual(costs.interruptedRatio!.high);
    for (const { value } of Object.values(costs)) {
      expect(value).toBeGreaterThan(0);
    }
  }
});

it('nine of ten next runs lie inside the interval when runs spread as rounds do', () => {
  const random = randomNumbers(5);
  const share = () => 0.02 * Math.exp(0.5 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
  let inside = 0;
  const trials = 4000;
  for (let trial = 0; trial < trials; trial++) {
    const { interruptedRatio } = identifyInterruptions(Array.from({ length: 5 }, () => round(250e6 * share())));
    const next = share();
    if (interruptedRatio!.low <= next && next <= interruptedRatio!.high) inside++;
  }
  // Four standard errors of 4000 draws.
  expect(Math.abs(inside / trials - 0.9)).toBeLessThan(0.02);
});
