import type { Experiment } from '../experiment/experiment.js';
import type { Host } from '../experiment/host.js';
import { expectedPps } from './expected-pps.js';
import { withOfferedPps } from './with-offered-pps.js';

/**
 * Whether the model delivers all but `lossRatio` of a paced load, shared among the sources as the experiment shares it. What the sources cannot send
 * counts as lost.
 *
 * @param offeredPps packets per second over all sources
 * @param lossRatio share of the offered packets that may be missing
 * @throws {HostError} when the host cannot express the experiment
 * @throws {RangeError} when offeredPps is not a number above 0
 * @example
 * keepsUp(article.experiments.pinned!, article.host, 300_000) // true
 * keepsUp(article.experiments.pinned!, article.host, 400_000) // false
 */
export function keepsUp(experiment: Experiment, host: Host, offeredPps: number, lossRatio = 1e-3): boolean {
  return expectedPps(withOfferedPps(experiment, offeredPps), host) >= (1 - lossRatio) * offeredPps;
}
