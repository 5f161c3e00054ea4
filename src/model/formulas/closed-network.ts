import { checkInteger } from './check-integer.js';
import { checkNumber } from './check-number.js';

/** What customers do who never leave, in the unit of time of the demands. */
export interface ClosedNetwork {
  /** Rounds per unit of time, of all customers together. */
  throughput: number;
  /** Mean time of a round without the thinking. */
  meanResponse: number;
  /** Mean number of customers at each server. */
  meanAtServers: number[];
}

/**
 * Customers that think and then visit each server: with one server the machine repairman, N threads around one lock
 * with the thinking time outside it.
 *
 * @param customers from 0 to 1e6
 * @param thinkTime mean time spent outside every queue, any finite value from 0
 * @param demands mean service time a round at each server, one or more, each finite and from 0, not all 0 with thinkTime
 * @throws {RangeError} when an argument is outside its range
 * Source: mean value analysis, Reiser and Lavenberg, Journal of the ACM 27 (1980); exact for exponential service.
 * @example
 * closedNetwork(2, 3, [1]).throughput.toFixed(6) // => '0.470588'
 */
export function closedNetwork(customers: number, thinkTime: number, demands: number[]): ClosedNetwork {
  checkInteger('closedNetwork', 'customers', customers, 0, 1e6);
  checkNumber('closedNetwork', 'thinkTime', thinkTime);
  for (const [index, demand] of demands.entries()) checkNumber('closedNetwork', `demands[${index}]`, demand);
  if (!(thinkTime + demands.reduce((sum, demand) => sum + demand, 0) > 0))
    throw new RangeError(`closedNetwork: thinkTime and demands must not all be 0, got ${thinkTime} and [${demands}]`);
  let result: ClosedNetwork = { throughput: 0, meanResponse: 0, meanAtServers: demands.map(() => 0) };
  for (let customer = 1; customer <= customers; customer++) {
    const responses = demands.map((demand, index) => demand * (1 + (result.meanAtServers[index] ?? 0)));
    const meanResponse = responses.reduce((sum, response) => sum + response, 0);
    const throughput = customer / (thinkTime + meanResponse);
    result = { throughput, meanResponse, meanAtServers: responses.map((response) => throughput * response) };
  }
  return result;
}
