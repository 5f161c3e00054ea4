import type { Experiment } from '../experiment/experiment.js';
import type { Host } from '../experiment/host.js';
import { type Death, type ExpectedChange, type ExpectedExplanation, expectedExplanation, type StageLoad } from './explain/expected-explanation.js';
import { costSlopes, ratioReach } from './predict/delivered-interval.js';

export type { Death, StageLoad };

/** A single change, what the model expects of it, and how surely. */
export interface RankedChange extends ExpectedChange {
  /** The gain with 90 % probability, if the host's costs are as uncertain as they say; both predictions take the same costs. */
  gainInterval: { low: number; high: number };
  /** The same as packets per second, from what is delivered now. */
  intervalPps: { low: number; high: number };
}

/** Why an experiment delivers what it delivers, and what to change. */
export type Explanation = ExpectedExplanation<RankedChange>;

/**
 * Explains a prediction: the limiting stage, the slack of every stage, where packets die and which counter proves it, and which
 * single change the model expects most of.
 *
 * @throws {HostError} when the host cannot express the experiment
 */
export function explain(experiment: Experiment, host: Host): Explanation {
  const { assessment, changes, ...explanation } = expectedExplanation(experiment, host);
  const slopes = costSlopes(assessment);
  return {
    ...explanation,
    changes: changes.map(({ assessment: changed, ...change }): RankedChange => {
      const reach = ratioReach(slopes, costSlopes(changed), assessment.host);
      const ratio = 1 + change.gain;
      const [low, high] = [ratio / reach, ratio * reach];
      const nowPps = explanation.deliveredPps;
      return { ...change, gainInterval: { low: low - 1, high: high - 1 }, intervalPps: { low: low * nowPps, high: high * nowPps } };
    }),
  };
}
