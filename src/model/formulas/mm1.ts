import { checkNumber } from './check-number.js';
import type { InfiniteQueue } from './infinite-queue.js';
import { mg1 } from './mg1.js';

/**
 * M/M/1: Poisson arrivals, exponential service, one server, no limit on the queue. Several in a row without loss are
 * each such a queue (Burke), so the delays of an open tandem add up.
 *
 * @param rho arrival rate times mean service time, any finite value from 0; from 1 on the means are Infinity
 * @throws {RangeError} when rho is negative or not finite
 * Source: Kleinrock, Queueing Systems I, 3.2.
 * @example
 * mm1(0.75).meanSojourn // => 4
 */
export function mm1(rho: number): InfiniteQueue {
  checkNumber('mm1', 'rho', rho);
  return mg1(rho, 1);
}
