import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HostError } from '../../src/experiment/errors.js';
import type { Experiment } from '../../src/experiment/experiment.js';
import type { Host } from '../../src/experiment/host.js';
import { predict, simulate, studentT } from '../../src/model/index.js';
import { article } from '../../src/records/article.js';
import { configurations } from './simulate-configurations.js';

const replications = 8;

/** |predict − simulate| beyond 1 % of offered and 3.5 standard errors, in percent of offered; 0 within. */
function missPercent(experiment: Experiment, host: Host, seconds: number): number {
  const simulated = simulate(experiment, host, { seed: 1, seconds, replications });
  const { low, high, kind } = simulated.delivered;
  const standardErrorPps = kind === 'confidence' ? (high - low) / 2 / studentT(0.975, replications - 1) : 0;
  const offeredPps = simulated.offeredPps ?? 0;
  const difference = predict(experiment, host).deliveredPps - simulated.deliveredPps;
  return Math.abs(difference) > 0.01 * offeredPps + 3.5 * standardErrorPps ? (100 * difference) / offeredPps : 0;
}

it.each(Object.entries(article.experiments))('predict and simulate agree on the article: %s', (_, experiment) => {
  expect(missPercent(experiment, article.host, 0.05)).toBe(0);
});

/** Why predict misses, as src/model/README.md has it. */
type Cause = 'bursts' | 'two states' | 'correlated CPUs';

/** Configurations, by their number in the sample, on which predict misses, and why: seen by taking the cause away, or by the state in which simulate is. */
const knownMisses: Record<number, Cause> = {
  166: 'two states',
  232: 'correlated CPUs',
  286: 'bursts',
  381: 'correlated CPUs',
  395: 'bursts',
  456: 'bursts',
};

it('predict and simulate agree on 300 random configurations, but for the listed ones', { timeout: 300_000 }, () => {
  const misses: number[] = [];
  let compared = 0;
  for (const [number, { experiment, host }] of fc.sample(configurations, { seed: 11, numRuns: 480 }).entries()) {
    if (compared === 300) break;
    try {
      const miss = missPercent(experiment, host, 0.05);
      compared++;
      if (miss !== 0) misses.push(number);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
    }
  }
  expect(compared).toBe(300);
  expect(misses).toEqual(Object.keys(knownMisses).map(Number));
});
