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
});
