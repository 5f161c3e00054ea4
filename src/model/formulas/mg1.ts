import { checkNumber } from './check-number.js';
import type { InfiniteQueue } from './infinite-queue.js';
import { infiniteQueueOf } from './infinite-queue-of.js';

/**
 * M/G/1: Poisson arrivals, any service time, one server, no limit on the queue.
 *
 * @param rho arrival rate times mean service time, any finite value from 0; from 1 on the means are Infinity
 * @param squaredVariation variance of the service time over the square of its mean: 0 constant, 1 exponential
 * @throws {RangeError} when an argument is negative or not finite
 * Source: Pollaczek and Khinchine; Kleinrock, Queueing Systems I, 5.5.
 * @example
 * mg1(0.8, 4).meanSojourn.toFixed(9) // => '11.000000000'
 */
export function mg1(rho: number, squaredVariation: number): InfiniteQueue {
  checkNumber('mg1', 'rho', rho);
  checkNumber('mg1', 'squaredVariation', squaredVariation);
  if (rho >= 1) return infiniteQueueOf(rho, 1, Number.POSITIVE_INFINITY);
  return infiniteQueueOf(rho, rho, (rho * (1 + squaredVariation)) / (2 * (1 - rho)));
}
