import { erlangC } from './erlang-c.js';
import type { InfiniteQueue } from './infinite-queue.js';
import { infiniteQueueOf } from './infinite-queue-of.js';

/**
 * M/M/c: Poisson arrivals, exponential service, several servers, no limit on the queue.
 *
 * @param load arrival rate times mean service time (erlangs), any finite value from 0; from `servers` on the means are Infinity
 * @param servers from 1 to 1e6
 * @throws {RangeError} when an argument is outside its range
 * Source: Kleinrock, Queueing Systems I, 3.5.
 * @example
 * mmc(3.6, 4).waitProbability.toFixed(6) // => '0.787753'
 */
export function mmc(load: number, servers: number): InfiniteQueue {
  const waitProbability = erlangC(load, servers);
  return infiniteQueueOf(load, waitProbability, load < servers ? waitProbability / (servers - load) : Number.POSITIVE_INFINITY);
}
