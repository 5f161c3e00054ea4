import { checkInteger } from '../formulas/check-integer.js';
import { checkNumber } from '../formulas/check-number.js';
import { randomNumbers } from '../predict/random-numbers.js';
import { estimateOccupancy } from './estimate-occupancy.js';
import { exactWeightedOccupancy, weightedOccupancyCost } from './exact-weighted-occupancy.js';
import type { OccupancyEstimate } from './occupancy-estimate.js';

/** Steps of the exact form that take about a tenth of a second. */
const mostExactSteps = 1e7;
const mostHashes = 4e6;

/**
 * How many queues are hit when flows fall on them independently with unequal weights: what an RSS table does with a key
 * that nobody knows. Exact where that takes about 0.1 s (64 flows on any table of 64 queues, thousands where queues have
 * one of two weights, as in every default table); beyond, 100 to 20,000 seeded draws. `meanBusy` is exact in both.
 *
 * @param flows number of distinct hash inputs, 0 to 1e5
 * @param weights share of each queue on any scale, for example `queueWeights(nic)`; up to 65536 of them
 * @param seed of the draws, where there are any
 * @throws {RangeError} when flows is not such an integer, or weights are negative or all 0
 * Source: occupancy by groups of equal weight, each with Feller I, II.5, joined by binomials; positive terms only. A
 * Toeplitz hash of consecutive addresses is not independent: see `unknownKeyOccupancy`.
 * @example
 * weightedOccupancy(2, [3, 1]).busyProbabilities // => [0, 0.625, 0.375]
 */
export function weightedOccupancy(flows: number, weights: number[], seed = 1): OccupancyEstimate {
  checkInteger('weightedOccupancy', 'flows', flows, 0, 1e5);
  checkInteger('weightedOccupancy', 'weights.length', weights.length, 1, 65536);
  for (const [queue, weight] of weights.entries()) checkNumber('weightedOccupancy', `weights[${queue}]`, weight);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!(sum > 0 && Number.isFinite(sum))) throw new RangeError(`weightedOccupancy: weights must have a sum that is finite and above 0, got ${sum}`);
  const shares = weights.map((weight) => weight / sum);
  const meanBusy = flows === 0 ? 0 : shares.reduce((total, share) => total - Math.expm1(flows * Math.log1p(-Math.min(share, 1))), 0);
  if (weightedOccupancyCost(flows, shares) <= mostExactSteps) {
    const busyProbabilities = exactWeightedOccupancy(flows, shares);
    return { method: 'exact', draws: 0, busyProbabilities, standardErrors: busyProbabilities.map(() => 0), meanBusy };
  }
  const draws = Math.max(100, Math.min(20_000, Math.floor(mostHashes / flows)));
  const random = randomNumbers(seed);
  const upTo = cumulative(shares);
  const lastHit = new Int32Array(shares.length).fill(-1);
  let draw = 0;
  const estimate = estimateOccupancy(draws, shares.length, () => {
    let busy = 0;
    for (let flow = 0; flow < flows; flow++) {
      const queue = firstAbove(upTo, random());
      if (lastHit[queue] !== draw) busy++;
      lastHit[queue] = draw;
    }
    draw++;
    return busy;
  });
  return { ...estimate, meanBusy };
}

function cumulative(shares: number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(shares, (share) => {
    sum += share;
    return sum;
  });
}

/** Index of the first sum above a number; the last queue with a share where rounding leaves none. */
function firstAbove(upTo: Float64Array, value: number): number {
  const last = upTo[upTo.length - 1] ?? 1;
  const target = Math.min(value, last * (1 - 1e-16));
  let [low, high] = [0, upTo.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
