import { probit } from 'simple-statistics';
import type { Interval } from '../experiment/index.js';

/**
 * Wilson's confidence interval of a probability, from successes among independent trials.
 *
 * @param level probability that the interval covers, such as 0.95
 * @throws {RangeError} when there is no trial, or more successes than trials
 * Source: Wilson 1927, without continuity correction.
 */
export function wilsonInterval(successes: number, trials: number, level = 0.95): Interval {
  if (!(trials >= 1)) throw new RangeError(`wilsonInterval: trials must be at least 1, got ${trials}`);
  if (!(successes >= 0 && successes <= trials)) throw new RangeError(`wilsonInterval: successes must be from 0 to ${trials}, got ${successes}`);
  const z = probit((1 + level) / 2);
  const share = successes / trials;
  const middle = (share + z ** 2 / (2 * trials)) / (1 + z ** 2 / trials);
  const reach = (z / (1 + z ** 2 / trials)) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach), level, kind: 'confidence' };
}
