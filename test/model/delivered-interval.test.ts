import { describe, expect, it } from 'vitest';
import type { Cost } from '../../src/experiment/cost.js';
import type { Host } from '../../src/experiment/host.js';
import { kneePps, predict } from '../../src/model/index.js';
import { randomNumbers } from '../../src/model/predict/random-numbers.js';
import { experimentWith, labHost } from './hosts.js';

const worker = (offeredPps: number | null) => experimentWith({ sources: [{ offeredPps }], receiver: { workNs: 5000 } });

/** Costs with intervals as a calibration gives them, and no run-to-run spread besides. */
const hostWithin = (factor: number): Host => ({
  ...labHost(2),
  runToRunSpread: 0,
  costs: Object.fromEntries(
    Object.entries(labHost(2).costs).map(([name, { value, source }]) => [
      name,
      { value, low: value / factor, high: value * factor, origin: 'calibration', source },
    ]),
  ) as Host['costs'],
});
const host = hostWithin(1.2);

const deviationsOf90Percent = 1.6448536269514722;

describe('the interval of a prediction', () => {
  it('reaches down but hardly up where the load is just below the knee', () => {
    const unsure = hostWithin(2);
    const { delivered, deliveredPps } = predict(worker(0.98 * kneePps(worker(1000), unsure)), unsure);
    expect(deliveredPps - delivered.low).toBeGreaterThan(1.5 * (delivered.high - deliveredPps));
  });

  it('far below the knee is as narrow as a steady run', () => {
    const { delivered, deliveredPps } = predict(worker(20_000), host);
    expect((delivered.high - delivered.low) / 2 / deliveredPps).toBeLessThan(0.02);
  });

  it('holds nine of ten hosts whose costs are drawn from theirs, below, at and beyond the knee', () => {
    const random = randomNumbers(11);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const drawn = ({ value, low, high, ...rest }: Cost): Cost => {
      const other = value > 0 ? value * Math.exp((normal() * Math.log(high / low)) / 2 / deviationsOf90Percent) : 0;
      return { ...rest, value: other, low: other, high: other };
    };
    const kneeAt = kneePps(worker(1000), host);
    for (const offeredPps of [0.5 * kneeAt, kneeAt, 1.5 * kneeAt, null]) {
      const { low, high } = predict(worker(offeredPps), host).delivered;
      const draws = 300;
      let inside = 0;
      for (let draw = 0; draw < draws; draw++) {
        const costs = Object.fromEntries(Object.entries(host.costs).map(([name, cost]) => [name, drawn(cost)])) as Host['costs'];
        const { deliveredPps } = predict(worker(offeredPps), { ...host, costs });
        if (low <= deliveredPps && deliveredPps <= high) inside++;
      }
      // Three standard errors of 300 draws; the floor for steady runs makes it cover more, never less.
      expect(inside / draws, `offered ${offeredPps}`).toBeGreaterThan(0.9 - 0.052);
    }
  });

  it('is no wider than what rounds have in common: what one takes from a call and gives to the packet does not count', () => {
    const rounds = [-2, -1, 0, 1, 2];
    const withRounds = (sign: number): Host => ({
      ...labHost(2),
      runToRunSpread: 0,
      costs: {
        ...fixed(labHost(2).costs),
        sendNs: { ...exactly(1500), rounds: rounds.map((off) => 1500 + 100 * off) },
        sendCallNs: { ...exactly(1000), rounds: rounds.map((off) => 1000 + sign * 800 * off) },
      },
    });
    const reach = (host: Host) => {
      const { delivered, deliveredPps } = predict(experimentWith({ sources: [{ offeredPps: null, batchPackets: 8 }] }), host);
      return (delivered.high - delivered.low) / 2 / deliveredPps;
    };
    expect(reach(withRounds(-1))).toBeLessThan(reach(withRounds(1)) / 3);
  });

  it('holds the next round nine times in ten where rounds are drawn alike, few as they are', () => {
    const random = randomNumbers(4);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const trials = 300;
    let inside = 0;
    for (let trial = 0; trial < trials; trial++) {
      const rounds = Array.from({ length: 5 }, () => 3000 + 300 * normal());
      const mean = rounds.reduce((sum, value) => sum + value, 0) / rounds.length;
      const host: Host = { ...labHost(2), runToRunSpread: 0, costs: { ...fixed(labHost(2).costs), sendNs: { ...exactly(mean), rounds } } };
      const { low, high } = predict(worker(null), host).delivered;
      const next = { ...host, costs: { ...host.costs, sendNs: exactly(3000 + 300 * normal()) } };
      const { deliveredPps } = predict(worker(null), next);
      if (low <= deliveredPps && deliveredPps <= high) inside++;
    }
    // Three standard errors; the floor for steady runs makes it cover more.
    expect(inside / trials).toBeGreaterThan(0.9 - 0.052);
  });
});

function exactly(value: number): Cost {
  return { value, low: value, high: value, origin: 'calibration', source: 'test' };
}

function fixed(costs: Host['costs']): Host['costs'] {
  return Object.fromEntries(Object.entries(costs).map(([name, { value }]) => [name, exactly(value)])) as Host['costs'];
}
