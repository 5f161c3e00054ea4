import type { Interval } from '../../experiment/outcome.js';
import { studentT } from './student-t.js';

const level = 0.95;

/** With fewer replications Student's quantile is so large that nobody learns from the interval. */
const fewestReplications = 4;

/** Probability beyond which a difference between the halves of the windows means that the start is not over. */
const trendProbability = 0.9995;

/** One replication: a rate over the window, and over its two halves. */
export interface ReplicationRate {
  pps: number;
  firstHalfPps: number;
  secondHalfPps: number;
}

/** An interval and, where it is not one to trust, why. */
export interface MeanInterval {
  interval: Interval;
  doubt: string | null;
}

/**
 * Where the true mean of a rate lies with probability 0.95, from independent replications. Where that cannot be trusted the
 * answer is the range that was observed, with the reason.
 */
export function meanInterval(rates: ReplicationRate[]): MeanInterval {
  const values = rates.map(({ pps }) => pps);
  const observed: Interval = { low: Math.min(...values), high: Math.max(...values), level: 1, kind: 'observed' };
  if (rates.length < fewestReplications)
    return { interval: observed, doubt: `No confidence interval from ${rates.length} replications; ${fewestReplications} are the fewest.` };
  const changes = spread(rates.map(({ firstHalfPps, secondHalfPps }) => secondHalfPps - firstHalfPps));
  // Differences of less than a thousandth are certain and of no interest when hardly anything is random.
  const isDrifting =
    Math.abs(changes.mean) > studentT(trendProbability, rates.length - 1) * changes.standardError &&
    Math.abs(changes.mean) > 1e-3 * Math.max(...values);
  if (isDrifting)
    return { interval: observed, doubt: 'No confidence interval: the second half of the window differs from the first, so simulate more seconds.' };
  const { mean, standardError } = spread(values);
  const reach = studentT((1 + level) / 2, rates.length - 1) * standardError;
  return { interval: { low: Math.max(0, mean - reach), high: mean + reach, level, kind: 'confidence' }, doubt: null };
}

function spread(values: number[]): { mean: number; standardError: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (values.length - 1) / values.length) };
}
