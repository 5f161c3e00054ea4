import { Check } from './check.js';

const longestSeconds = 86_400;

/**
 * Checks how long something may run.
 *
 * @throws TypeError or RangeError unless it is above 0 and at most a day
 */
export function checkSeconds(caller: string, field: string, value: unknown): void {
  new Check(caller).numberAbove(field, value, 0, longestSeconds);
}
