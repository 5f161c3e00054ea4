import { mean, sampleStandardDeviation, sum } from 'simple-statistics';
import type { Cost, Costs } from '../experiment/index.js';
import { studentT } from '../model/index.js';
import type { Interruptions } from '../native/contract.js';

/** Less than the shortest stall in a round cannot be told from none. */
const leastRatio = 1e-4;

/** Rounds that must show a spread. */
const fewestRounds = 3;

/**
 * What interrupts a reader, from what was seen on its CPU in the rounds of a calibration. Unlike a cost it is another in every run, so that the
 * interval is that of the next run (Student's, but for stalls of logarithms), not of the median. The mean length of stalls is that of an exponential distribution
 * with the mean residual time of all that were seen: the few long ones overflow sockets, not the many short ones.
 *
 * @param crowded the same seen while a sender kept another CPU busy; empty where nobody looked
 * @returns nothing where fewer than three rounds were watched; no lengths where no stall was seen
 */
export function identifyInterruptions(rounds: readonly (Interruptions | null)[], crowded: readonly (Interruptions | null)[] = []): Partial<Costs> {
  const watched = rounds.filter((seen) => seen !== null);
  if (watched.length < fewestRounds) return {};
  const source = `of ${watched.length} rounds`;
  const watchedCrowded = crowded.filter((seen) => seen !== null);
  const interruptedRatio = nextRun(watched.map(lostRatio), `time that a thread spinning on the reader’s CPU did not get, geometric mean ${source}`);
  const costs: Partial<Costs> = {
    interruptedRatio,
    ...(watchedCrowded.length < fewestRounds
      ? {}
      : {
          crowdedRatio: nextRun(
            watchedCrowded.map(lostRatio),
            `the same while a sender floods another CPU, geometric mean of ${watchedCrowded.length} rounds`,
          ),
        }),
  };
  const stalled = [...watched, ...watchedCrowded].filter(({ stallsNs }) => stallsNs.length > 0);
  if (stalled.length === 0) return costs;
  const all = stalled.flatMap(({ stallsNs }) => stallsNs);
  return {
    ...costs,
    stallRatio: nextStalls(
      watched.map(({ stallsNs, spunNs }) => sum([...stallsNs]) / spunNs),
      interruptedRatio,
      `the same, in interruptions of 0.1 ms or more, mean ${source}`,
    ),
    stallNs: around(
      residualNs(all),
      stalled.length < fewestRounds ? all : stalled.map(({ stallsNs }) => residualNs(stallsNs)),
      `mean residual time of the ${all.length} stalls`,
    ),
  };
}

function lostRatio({ lostNs, spunNs }: Interruptions): number {
  return Math.max(leastRatio, lostNs / spunNs);
}

/** A value and where the next of several like it will lie. */
function around(value: number, values: number[], source: string): Cost {
  const { low, high, ...cost } = nextRun(values, source);
  return { ...cost, value, low: Math.min(low, value), high: Math.max(high, value) };
}

/** Many rounds have no stall or few, a few have many: neither has a logarithm that tells much, but none has more than all that interrupts. */
function nextStalls(ratios: number[], { high: most }: Cost, source: string): Cost {
  const value = mean(ratios);
  const reach = ratios.length > 1 ? reachOf(ratios) : value;
  const high = Math.min(most, Math.max(value + reach, leastRatio));
  return { value: Math.min(value, high), low: Math.max(0, Math.min(value, high) - reach), high, origin: 'calibration', source };
}

/** Half of the 90 % interval of the next value. */
function reachOf(values: number[]): number {
  return studentT(0.95, values.length - 1) * sampleStandardDeviation(values) * Math.sqrt(1 + 1 / values.length);
}

/** Geometric mean, and where the next value will lie with 90 % probability. */
function nextRun(values: number[], source: string): Cost {
  const logs = values.map(Math.log);
  const middle = mean(logs);
  // Of a single value nothing is known but that another may be anything like it.
  const reach = logs.length > 1 ? reachOf(logs) : 1;
  return { value: Math.exp(middle), low: Math.exp(middle - reach), high: Math.exp(middle + reach), origin: 'calibration', source };
}

/** Mean time that is left of a stall in which a packet finds itself. */
function residualNs(stallsNs: readonly number[]): number {
  return sum(stallsNs.map((ns) => ns ** 2)) / (2 * sum([...stallsNs]));
}
