import { median } from 'simple-statistics';
import type { Run } from '../experiment/index.js';

/** One round of a set of runs: each experiment once. */
export interface Round {
  /** Counted from 1. */
  round: number;
  runs: number;
  /** Median over its runs of measured / predicted: what the round has in common. */
  measuredOverPredicted: number;
}

/** How far runs are from what was registered for them, and how much of that a round has in common. */
export interface RoundErrors {
  rounds: Round[];
  /** Root mean square of ln(measured / predicted): the relative error of a single run. */
  spread: number;
  /** The same after dividing each run by what its round has in common. */
  spreadWithinRounds: number;
}

/**
 * Parts the errors of a set of runs into what whole rounds share, which is the machine's speed at that time, and what is each run's own. A run belongs to
 * round n when it is the n-th of its experiment.
 *
 * @param runs oldest first
 * @throws {RangeError} when there are no runs, or one delivered nothing or was predicted to
 */
export function roundErrors(runs: readonly Run[]): RoundErrors {
  if (runs.length === 0) throw new RangeError('roundErrors: runs must hold at least one run, got 0');
  const seen = new Map<string, number>();
  const placed = runs.map(({ name, experiment: { id }, prediction, outcome }) => {
    const round = (seen.get(id) ?? 0) + 1;
    seen.set(id, round);
    const ratio = outcome.deliveredPps / prediction.deliveredPps;
    if (!(ratio > 0 && Number.isFinite(ratio)))
      throw new RangeError(`roundErrors: ${name} must have delivered packets, and been predicted to, got ${ratio}`);
    return { round, ratio };
  });
  const rounds = Array.from({ length: Math.max(...seen.values()) }, (_, index): Round => {
    const ratios = placed.filter(({ round }) => round === index + 1).map(({ ratio }) => ratio);
    return { round: index + 1, runs: ratios.length, measuredOverPredicted: median(ratios) };
  });
  const rootMeanSquare = (errors: number[]) => Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
  return {
    rounds,
    spread: rootMeanSquare(placed.map(({ ratio }) => Math.log(ratio))),
    spreadWithinRounds: rootMeanSquare(placed.map(({ round, ratio }) => Math.log(ratio / (rounds[round - 1]?.measuredOverPredicted ?? 1)))),
  };
}
