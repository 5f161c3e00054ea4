import { checkInteger } from './check-integer.js';
import { checkNumber } from './check-number.js';
import type { FiniteQueue } from './finite-queue.js';

/**
 * M/M/c/K: Poisson arrivals, exponential service, several servers, `capacity` places including those in service.
 *
 * @param load arrival rate times mean service time (erlangs), any finite value from 0
 * @param servers from 1 to 1e6
 * @param capacity places, from `servers` to 1e7; exact at every size, one step a place
 * @throws {RangeError} when an argument is outside its range
 * Source: Gross and Harris, Fundamentals of Queueing Theory, chapter 2, rewritten place by place as Erlang's recursion, which
 * adds positive terms only and neither overflows nor cancels.
 * @example
 * mmck(5, 4, 6).lossProbability.toFixed(6) // => '0.293543'
 */
export function mmck(load: number, servers: number, capacity: number): FiniteQueue {
  checkNumber('mmck', 'load', load);
  checkInteger('mmck', 'servers', servers, 1, 1e6);
  checkInteger('mmck', 'capacity', capacity, servers, 1e7);
  if (load === 0) return { lossProbability: 0, throughput: 0, meanInSystem: 0, meanSojourn: 1, emptyProbability: 1 };
  // All four hold for the same queue with `places` places.
  let full = 1;
  let emptyProbability = 1;
  let throughput = 0;
  let meanInSystem = 0;
  for (let places = 1; places <= capacity; places++) {
    const working = Math.min(places, servers);
    const weight = (load / working) * full;
    const fewer = 1 / (1 + weight);
    full = weight / (1 + weight);
    emptyProbability *= fewer;
    throughput = throughput * fewer + working * full;
    meanInSystem = meanInSystem * fewer + places * full;
  }
  return { lossProbability: full, throughput, meanInSystem, meanSojourn: meanInSystem / throughput, emptyProbability };
}
