import { checkInteger } from './check-integer.js';
import { checkNumber } from './check-number.js';
import { erlangB } from './erlang-b.js';

/**
 * Erlang C: share of Poisson arrivals that find all servers busy and wait, service exponential, queue without a limit.
 *
 * @param load arrival rate times mean service time (erlangs), any finite value from 0; from `servers` on everybody waits
 * @param servers from 1 to 1e6
 * @throws {RangeError} when an argument is outside its range
 * Source: Erlang 1917; Kleinrock, Queueing Systems I, 3.5, from Erlang B.
 * @example
 * erlangC(8, 10).toFixed(6) // => '0.409180'
 */
export function erlangC(load: number, servers: number): number {
  checkNumber('erlangC', 'load', load);
  checkInteger('erlangC', 'servers', servers, 1, 1e6);
  if (load >= servers) return 1;
  const blocked = erlangB(load, servers);
  const share = load / servers;
  return blocked / (1 - share + share * blocked);
}
