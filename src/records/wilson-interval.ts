import type { Interval } from '../experiment/index.js';

/** Standard deviations from the middle to either end of a 95 % interval of a normal distribution. */
const z = 1.959963984540054;

/**
 * Wilson's 95 % confidence interval of a probability, from successes among independent trials.
 *
 * @throws {RangeError} when there is no trial, or more successes than trials
 * Source: Wilson 1927, without continuity correction.
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (!(trials >= 1)) throw new RangeError(`wilsonInterval: trials must be at least 1, got ${trials}`);
  if (!(successes >= 0 && successes <= trials)) throw new RangeError(`wilsonInterval: successes must be from 0 to ${trials}, got ${successes}`);
  const share = successes / trials;
  const middle = (share + z ** 2 / (2 * trials)) / (1 + z ** 2 / trials);
  const reach = (z / (1 + z ** 2 / trials)) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach), level: 0.95, kind: 'confidence' };
}
