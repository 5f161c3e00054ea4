import { formatKpps } from '../plot/index.js';

/**
 * Keeps what the reader writes down before the answer is shown, and says that it will come back.
 * @param value the guess: packets per second, unless `unit` says otherwise
 * @throws TypeError when the guess is no number, RangeError when it is negative or not finite
 * @example const myGuess = guess(400_000);
 */
export function guess(value: number, unit = 'pps'): number {
  if (typeof value !== 'number') throw new TypeError(`guess: value must be a number such as 400_000, got ${JSON.stringify(value)}`);
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`guess: value must be a number of at least 0, such as 400_000, got ${value}`);
  console.log(`Your guess: ${unit === 'pps' ? `${formatKpps(value)} k pps` : `${value} ${unit}`}. It comes back beside the answer.`);
  return value;
}
