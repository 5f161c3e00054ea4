import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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

describe('predict and simulate agree on the article', () => {
  it.each(Object.entries(article.experiments).filter(([id]) => id !== 'many-queues-one-reader'))('%s', (_, experiment) => {
    expect(missPercent(experiment, article.host, 0.05)).toBe(0);
  });

  it('except many-queues-one-reader, where four CPUs fill a socket that is always full: predict is lower, whatever the batches', () => {
    const experiment = article.experiments['many-queues-one-reader']!;
    for (const batchPackets of [16, 1024]) {
      const batched = { ...experiment, sources: experiment.sources.map((source) => ({ ...source, batchPackets })) };
      expect(missPercent(batched, article.host, 0.05)).toBeLessThan(-1);
      expect(missPercent(batched, article.host, 0.05)).toBeGreaterThan(-5);
    }
  });
});

/** Why predict misses, as src/model/README.md has it. */
type Cause = 'waking CPU' | 'nap after a poll' | 'half of a CPU' | 'slices' | 'not isolated';

/** Configurations, by their number in the sample, on which predict misses, and why; the first was derived, the last is unknown, the others were seen by taking them away. */
const knownMisses: Record<number, Cause> = {
  3: 'waking CPU',
  14: 'not isolated',
  28: 'nap after a poll',
  35: 'half of a CPU',
  40: 'half of a CPU',
  44: 'half of a CPU',
  51: 'not isolated',
  53: 'not isolated',
  59: 'not isolated',
  62: 'waking CPU',
  65: 'nap after a poll',
  71: 'slices',
  74: 'not isolated',
};

it('predict and simulate agree on random configurations, but for the listed ones', () => {
  const misses: number[] = [];
  let compared = 0;
  for (const [number, { experiment, host }] of fc.sample(configurations, { seed: 11, numRuns: 75 }).entries()) {
    try {
      const miss = missPercent(experiment, host, 0.05);
      compared++;
      if (miss !== 0) misses.push(number);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
    }
  }
  expect(compared).toBeGreaterThanOrEqual(40);
  expect(misses).toEqual(Object.keys(knownMisses).map(Number));
});
