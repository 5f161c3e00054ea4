import { checkInteger } from './check-integer.js';
import { poissonProbabilities } from './poisson-probabilities.js';

/**
 * Mean number of flows in the fullest bin when `flows` flows are hashed uniformly and independently onto `bins` bins:
 * with equal flows, the load of the queue that overflows first.
 *
 * @param flows number of distinct hash keys, 0 to 1000
 * @param bins number of queues or sockets, 1 to 1000
 * @throws {RangeError} when flows or bins is not such an integer
 * Source: classical occupancy as Poisson counts conditioned on their sum (Feller I, II.5), exact, positive terms only.
 * @example
 * largestLoad(4, 4).toFixed(9) // => '2.125000000'
 */
export function largestLoad(flows: number, bins: number): number {
  checkInteger('largestLoad', 'flows', flows, 0, 1000);
  checkInteger('largestLoad', 'bins', bins, 1, 1000);
  if (bins === 1) return flows;
  const inOneBin = poissonProbabilities(flows / bins, flows);
  const sum = poissonProbabilities(flows, flows)[flows] ?? 1;
  const atLeast = Math.ceil(flows / bins);
  let mean = atLeast;
  for (let most = atLeast; most < flows; most++) {
    const above = 1 - Math.min(1, allAtMost(most, inOneBin, flows, bins) / sum);
    // Later terms fall faster than geometrically, and rounding is all that is left of them.
    if (above < 1e-11) break;
    mean += above;
  }
  return mean;
}

/** P(every one of `bins` independent Poisson counts is at most `most`, and they add up to `flows`). */
function allAtMost(most: number, inOneBin: number[], flows: number, bins: number): number {
  let sums = new Float64Array(flows + 1);
  sums[0] = 1;
  for (let bin = 0; bin < bins; bin++) {
    const next = new Float64Array(flows + 1);
    for (let total = 0; total <= Math.min(flows, (bin + 1) * most); total++) {
      let probability = 0;
      for (let count = 0; count <= Math.min(most, total); count++) probability += (sums[total - count] ?? 0) * (inOneBin[count] ?? 0);
      next[total] = probability;
    }
    sums = next;
  }
  return sums[flows] ?? 0;
}
