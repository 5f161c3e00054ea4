import { max, median, min } from 'simple-statistics';
import type { Cost } from '../experiment/index.js';

/** Rounds that must show a cost before it counts as identified. */
const fewestRounds = 3;

/**
 * The cost that the rounds of a calibration show: median and range, which for five rounds is a 94 % confidence interval of the median. A round
 * that gives null, nothing finite or less than nothing shows nothing.
 *
 * @param source what the cost is read from
 * @returns undefined when fewer than three rounds show it
 */
export function costOfRounds(rounds: number, source: string, ofRound: (round: number) => number | null): Cost | undefined {
  const shown = Array.from({ length: rounds }, (_, round) => ofRound(round)).map((value) =>
    value !== null && Number.isFinite(value) && value >= 0 ? value : null,
  );
  const values = shown.filter((value) => value !== null);
  if (values.length < Math.min(fewestRounds, rounds)) return undefined;
  return {
    value: median(values),
    low: min(values),
    high: max(values),
    origin: 'calibration',
    source: `${source}; median and range of ${values.length} of ${rounds} rounds`,
    rounds: shown,
  };
}
