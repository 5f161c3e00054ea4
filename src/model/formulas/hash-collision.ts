import { checkInteger } from './check-integer.js';

/**
 * Probability that at least two of `flows` flows share a bin when they are hashed uniformly and independently onto
 * `bins` bins.
 *
 * @param flows number of distinct hash keys, 0 to 1e6
 * @param bins number of queues or sockets, from 1
 * @throws {RangeError} when flows or bins is not such an integer
 * Source: the birthday problem, Feller I, II.3; summed as logarithms, so that rare collisions keep their digits.
 * @example
 * hashCollision(4, 4) // => 0.90625
 */
export function hashCollision(flows: number, bins: number): number {
  checkInteger('hashCollision', 'flows', flows, 0, 1e6);
  checkInteger('hashCollision', 'bins', bins, 1);
  let logApart = 0;
  for (let flow = 1; flow < Math.min(flows, bins + 1); flow++) logApart += Math.log1p(-flow / bins);
  return logApart === 0 ? 0 : -Math.expm1(logApart);
}
