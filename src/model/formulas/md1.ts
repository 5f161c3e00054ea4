import { checkNumber } from './check-number.js';
import type { InfiniteQueue } from './infinite-queue.js';
import { mg1 } from './mg1.js';

/**
 * M/D/1: Poisson arrivals, constant service time, one server, no limit on the queue.
 *
 * @param rho arrival rate times service time, any finite value from 0; from 1 on means and variance are Infinity
 * @throws {RangeError} when rho is negative or not finite
 * Source: Pollaczek and Khinchine; the variance by Takács' recursion, Kleinrock, Queueing Systems I, 5.7.
 * @example
 * md1(0.5).meanWait // => 0.5
 */
export function md1(rho: number): InfiniteQueue & { varianceOfWait: number } {
  checkNumber('md1', 'rho', rho);
  const queue = mg1(rho, 0);
  return { ...queue, varianceOfWait: rho < 1 ? queue.meanWait ** 2 + rho / (3 * (1 - rho)) : Number.POSITIVE_INFINITY };
}
