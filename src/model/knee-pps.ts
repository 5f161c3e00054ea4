import type { Experiment } from '../experiment/experiment.js';
import type { Host } from '../experiment/host.js';
import { keepsUp } from './keeps-up.js';

const leastPps = 1;
const mostPps = 1e9;
/** Relative width at which the bisection ends. */
const resolution = 1e-4;

/**
 * The knee of an experiment's load curve: the highest paced load of which the model delivers all but `lossRatio`. What the sources cannot
 * send counts as lost, so that the knee is never beyond what they reach. The load is shared among the sources as the experiment shares it.
 *
 * @param lossRatio share of the offered packets that may be missing, above 0 and below 1
 * @returns packets per second over all sources; 0 where even one a second is lost
 * @throws {HostError} when the host cannot express the experiment
 * @throws {RangeError} when lossRatio is not between 0 and 1
 */
export function kneePps(experiment: Experiment, host: Host, lossRatio = 1e-3): number {
  if (!(lossRatio > 0 && lossRatio < 1)) throw new RangeError(`kneePps: lossRatio must be above 0 and below 1, got ${lossRatio}`);
  if (!keepsUp(experiment, host, leastPps, lossRatio)) return 0;
  let low = leastPps;
  let high = 2 * leastPps;
  while (high < mostPps && keepsUp(experiment, host, high, lossRatio)) {
    low = high;
    high *= 2;
  }
  while (high / low - 1 > resolution) {
    const middle = Math.sqrt(low * high);
    if (keepsUp(experiment, host, middle, lossRatio)) low = middle;
    else high = middle;
  }
  return low;
}
