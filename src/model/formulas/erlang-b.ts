import { checkInteger } from './check-integer.js';
import { checkNumber } from './check-number.js';

/**
 * Erlang B: share of Poisson arrivals lost by servers without a queue, whatever the distribution of the service times.
 *
 * @param load arrival rate times mean service time (erlangs), any finite value from 0
 * @param servers from 1 to 1e6
 * @throws {RangeError} when an argument is outside its range
 * Source: Erlang 1917, by the recursion over servers, which is stable at every size.
 * @example
 * erlangB(20, 30).toFixed(6) // => '0.008457'
 */
export function erlangB(load: number, servers: number): number {
  checkNumber('erlangB', 'load', load);
  checkInteger('erlangB', 'servers', servers, 1, 1e6);
  let blocked = 1;
  for (let server = 1; server <= servers; server++) {
    const weight = (load / server) * blocked;
    blocked = weight / (1 + weight);
  }
  return blocked;
}
