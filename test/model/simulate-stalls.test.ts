import { expect, it } from 'vitest';
import type { Cost } from '../../src/experiment/cost.js';
import type { Experiment } from '../../src/experiment/experiment.js';
import type { Host } from '../../src/experiment/host.js';
import { predict, simulate, studentT } from '../../src/model/index.js';
import { RandomStream } from '../../src/model/simulate/random-stream.js';
import { Stalls } from '../../src/model/simulate/stalls.js';
import { ticksPerNs } from '../../src/model/simulate/ticks.js';
import { costValues } from '../../src/model/stages/cost-values.js';
import { experimentWith, labHost, sampleHost } from './hosts.js';

const cost = (value: number): Cost => ({ value, low: value, high: value, origin: 'calibration', source: 'test' });
const interrupted = (host: Host, interruptedRatio: number, stallRatio: number, stallNs: number): Host => ({
  ...host,
  costs: { ...host.costs, interruptedRatio: cost(interruptedRatio), stallRatio: cost(stallRatio), stallNs: cost(stallNs) },
});
const worker = (offeredPps: number | null, workNs = 10_000) => experimentWith({ sources: [{ offeredPps }], receiver: { workNs } });
const wakingFreely = (host: Host): Host => ({ ...host, costs: { ...host.costs, wakeUpNs: cost(0) } });
const replications = 8;
const simulated = (experiment: Experiment, host: Host) => simulate(experiment, host, { seed: 2, seconds: 1, replications });

/** predict − simulate in percent of offered; 0 within 1 % of offered and 3.5 standard errors. */
function missPercent(experiment: Experiment, host: Host): number {
  const { delivered, deliveredPps, offeredPps } = simulated(experiment, host);
  const standardErrorPps = (delivered.high - delivered.low) / 2 / studentT(0.975, replications - 1);
  const difference = predict(experiment, host).deliveredPps - deliveredPps;
  return Math.abs(difference) > 0.01 * (offeredPps ?? 0) + 3.5 * standardErrorPps ? (100 * difference) / (offeredPps ?? 1) : 0;
}

it('a thread that always works has the share of its time that stalls leave it', () => {
  const stalls = new Stalls({ stallRatio: 0.05, stallNs: 1e5 }, new RandomStream(1));
  const pieceTicks = 2e4 * ticksPerNs;
  let [now, worked] = [0, 0];
  for (; worked < 1e6 * pieceTicks; worked += pieceTicks) now += stalls.lengthen(now, pieceTicks);
  expect(worked / now).toBeCloseTo(0.95, 2);
});

it('a thread that begins within a stall waits for what is left of it, and none waits without stalls', () => {
  const costs = { stallRatio: 0.5, stallNs: 1e6 };
  const long = new Stalls(costs, new RandomStream(1)).lengthen(0, 1e12);
  // As much of its own time in small pieces, each begun when the one before has ended.
  const stalls = new Stalls(costs, new RandomStream(1));
  let now = 0;
  for (let piece = 0; piece < 1e4; piece++) now += stalls.lengthen(now, 1e8);
  expect(now).toBe(long);
  expect(new Stalls({}, new RandomStream(1)).lengthen(5, 7)).toBe(7);
});

it.each([
  ['no share of time', 0, 1e6],
  ['no length', 0.5, 0],
])('stalls of %s are none', (_, stallRatio, stallNs) => {
  const none = new Stalls(costValues(interrupted(labHost(2), 0.5, stallRatio, stallNs)), new RandomStream(1));
  expect(none.lengthen(0, 1e15)).toBe(1e15);
});

it.each([
  ['a reader that is too slow', worker(200_000), interrupted(labHost(2), 0.05, 0.02, 1e6)],
  ['a reader that is too slow and only interrupted for short', worker(200_000), interrupted(labHost(2), 0.05, 0, 0)],
  ['a reader that is too slow, stalls without length', worker(200_000), interrupted(labHost(2), 0.05, 0.04, 0)],
  ['a reader that keeps up, long stalls', worker(60_000), interrupted(labHost(2), 0.05, 0.04, 4e6)],
  ['a reader that keeps up, long rare stalls', worker(70_000), interrupted(labHost(2), 0.03, 0.02, 1e7)],
  ['a reader that nearly keeps up', worker(85_000), interrupted(labHost(2), 0.06, 0.04, 2e6)],
  ['the flood of a softirq that has time enough', worker(null, 0), wakingFreely(interrupted(sampleHost, 0.05, 0.04, 2e6))],
  ['a load below the knee', worker(250_000, 0), interrupted(sampleHost, 0.05, 0.04, 2e6)],
])('predict and simulate agree on %s', (_, experiment, host) => {
  expect(missPercent(experiment, host)).toBe(0);
});

it('predict misses a softirq that is full for its wake-ups: spared them by a stall it is faster just then, and the buffer full', () => {
  const miss = missPercent(worker(null, 0), interrupted(sampleHost, 0.05, 0.04, 2e6));
  expect(miss).toBeGreaterThan(1);
  expect(miss).toBeLessThan(3);
});

it('a host that nothing interrupts has the digits of one that nobody watched', () => {
  const experiment = worker(null);
  expect(simulated(experiment, interrupted(labHost(2), 0, 0, 0))).toEqual(simulated(experiment, labHost(2)));
});

it('stalls lose packets at the socket of a reader that keeps up, which limits nothing for all that', () => {
  const { lossesPps, bottleneck, unaccountedPackets } = simulated(worker(60_000), interrupted(labHost(2), 0.05, 0.04, 4e6));
  expect(lossesPps.socketBuffer).toBeGreaterThan(0.001 * 60_000);
  expect([bottleneck, unaccountedPackets]).toEqual(['none', 0]);
});

it('a reader that is too slow limits, whether it stalls or not', () => {
  expect(simulated(worker(200_000), interrupted(labHost(2), 0.05, 0.02, 1e6)).bottleneck).toBe('reader');
});
