import { expect, it } from 'vitest';
import type { Cost } from '../../src/experiment/cost.js';
import type { Host } from '../../src/experiment/host.js';
import { predict } from '../../src/model/index.js';
import { randomNumbers } from '../../src/model/predict/random-numbers.js';
import { lostInStalls } from '../../src/model/stages/interruptions.js';
import { experimentWith, labHost } from './hosts.js';

const cost = (value: number): Cost => ({ value, low: value, high: value, origin: 'calibration', source: 'test' });
const interrupted = (interruptedRatio: number, stallRatio: number, stallNs: number): Host => {
  const host = labHost(2);
  return {
    ...host,
    costs: { ...host.costs, interruptedRatio: cost(interruptedRatio), stallRatio: cost(stallRatio), stallNs: cost(stallNs) },
  };
};
const worker = (offeredPps: number, workNs = 10_000) => experimentWith({ sources: [{ offeredPps }], receiver: { workNs } });

/** A fluid queue followed for long: up and down for exponential times, in seconds. */
function followed(arrivalPps: number, upPps: number, places: number, downShare: number, stallS: number): number {
  const random = randomNumbers(3);
  const exponential = (meanS: number) => -meanS * Math.log(1 - random());
  let [queued, lost, seconds] = [0, 0, 0];
  for (let cycle = 0; cycle < 400_000; cycle++) {
    const upS = exponential((stallS * (1 - downShare)) / downShare);
    const over = arrivalPps - upPps;
    if (over > 0) lost += Math.max(0, queued + over * upS - places);
    queued = Math.min(places, Math.max(0, queued + over * upS));
    const downS = exponential(stallS);
    lost += Math.max(0, queued + arrivalPps * downS - places);
    queued = Math.min(places, queued + arrivalPps * downS);
    seconds += upS + downS;
  }
  return lost / seconds / arrivalPps;
}

it('loses what a followed queue loses, from idle to overload', () => {
  for (const arrivalPps of [40_000, 80_000, 95_000, 97_500, 99_500, 120_000]) {
    for (const stallNs of [2e5, 2e6, 2e7]) {
      const expected = followed(arrivalPps, 100_000, 256, 0.02, stallNs / 1e9);
      const lost = lostInStalls(arrivalPps, 98_000, 256, 1, { stallRatio: 0.02, stallNs });
      expect(Math.abs(lost - expected), `${arrivalPps} ${stallNs}`).toBeLessThan(0.03 * expected + 0.0002);
    }
  }
});

it('without stalls loses what the readers have no time for, and nothing else', () => {
  expect(lostInStalls(50_000, 100_000, 256, 1, {})).toBe(0);
  expect(lostInStalls(200_000, 100_000, 256, 1, {})).toBe(0.5);
  expect(lostInStalls(0, 100_000, 256, 1, { stallRatio: 0.02, stallNs: 1e6 })).toBe(0);
});

it('loses less with a larger buffer, shorter stalls, and a second reader', () => {
  const lost = (places: number, cpus: number, stallNs: number) => lostInStalls(90_000, 100_000, places, cpus, { stallRatio: 0.02, stallNs });
  expect(lost(512, 1, 2e6)).toBeLessThan(lost(256, 1, 2e6));
  expect(lost(256, 1, 1e6)).toBeLessThan(lost(256, 1, 2e6));
  expect(lost(256, 2, 2e6)).toBeLessThan(lost(256, 1, 2e6));
});

it('a saturated reader delivers less by what interrupts it', () => {
  const calm = predict(worker(200_000), labHost(2)).deliveredPps;
  expect(predict(worker(200_000), interrupted(0.05, 0.02, 1e6)).deliveredPps / calm).toBeCloseTo(0.95, 3);
});

it('names the socket buffer where a reader that keeps up stalls, and still says what limits', () => {
  const prediction = predict(worker(60_000), interrupted(0.05, 0.04, 4e6));
  expect(prediction.lossesPps.socketBuffer).toBeGreaterThan(0.001 * 60_000);
  expect(prediction.bottleneck).toBe('none');
  expect(prediction.deliveredPps + (prediction.lossesPps.socketBuffer ?? 0)).toBeCloseTo(60_000, 3);
});
