import { checkNumber } from './check-number.js';
import { exponentialMeanRoot } from './exponential-mean-root.js';
import type { InfiniteQueue } from './infinite-queue.js';
import { infiniteQueueOf } from './infinite-queue-of.js';

/**
 * D/M/1: one paced sender, exponential service, no limit on the queue. `waitProbability` is also the ratio sigma of the
 * geometric queue that arrivals find.
 *
 * @param rho arrival rate times mean service time, any finite value from 0; from 1 on the means are Infinity
 * @throws {RangeError} when rho is negative or not finite
 * Source: Kleinrock, Queueing Systems I, chapter 6: sigma = exp(-(1 - sigma) / rho).
 * @example
 * dm1(0.9).waitProbability.toFixed(12) // => '0.806899832856'
 */
export function dm1(rho: number): InfiniteQueue {
  checkNumber('dm1', 'rho', rho);
  if (rho >= 1) return infiniteQueueOf(rho, 1, Number.POSITIVE_INFINITY);
  // Below this sigma is smaller than any double.
  if (rho < 0.001) return infiniteQueueOf(rho, 0, 0);
  const decay = exponentialMeanRoot(rho - 1);
  const sigma = Math.exp(-decay);
  return infiniteQueueOf(rho, sigma, sigma / -Math.expm1(-decay));
}
