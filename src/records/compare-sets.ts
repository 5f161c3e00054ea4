import { median, permutationTest, quantile, sampleWithReplacement } from 'simple-statistics';
import type { Interval, Run } from '../experiment/index.js';
import { randomNumbers } from '../model/predict/random-numbers.js';
import { holm } from './holm.js';
import { machineOf } from './machine-of.js';

/** Below this adjusted probability a difference counts as shown. */
const significance = 0.05;
const resamples = 2000;
const permutations = 10_000;

/** One configuration that two sets of runs have in common. */
export interface SetDifference {
  id: string;
  runs: [number, number];
  /** Median delivered pps of either set. */
  medianPps: [number, number];
  /** Second median over the first, minus 1. */
  difference: number;
  /** 95 % bootstrap interval of the difference; null for a single run on a side. */
  interval: Interval | null;
  /** Two-sided permutation test of the means; null for a single run on a side. */
  pValue: number | null;
  /** The same, corrected for the number of configurations that were tested (Holm). */
  adjustedPValue: number | null;
  isSignificant: boolean;
}

/** Two sets of runs, configuration by configuration. */
export interface SetComparison {
  hosts: [string[], string[]];
  rows: SetDifference[];
  /** Configurations that only one set has, or that the sets mean differently under one id. */
  notCompared: string[];
  /** Configurations that were tested, for whose number the probabilities are corrected. */
  tests: number;
}

/**
 * Compares two sets of runs by configuration: size of the difference with a bootstrap interval, and whether chance explains it. The medians may be
 * of different hosts; within a set they may not. Runs made for calibration are left out.
 *
 * @throws {RangeError} when a set is empty or mixes hosts
 */
export function compareSets(a: readonly Run[], b: readonly Run[]): SetComparison {
  const [groupsA, groupsB] = [groupsOf(a, 'first'), groupsOf(b, 'second')];
  const ids = [...new Set([...groupsA.keys(), ...groupsB.keys()])];
  const text = (runs: readonly Run[] | undefined) => JSON.stringify(runs?.[0]?.experiment);
  const common = ids.filter((id) => groupsA.has(id) && text(groupsA.get(id)) === text(groupsB.get(id)));
  const rows = common.map((id) => differenceOf(id, ratesOf(groupsA.get(id)), ratesOf(groupsB.get(id))));
  const adjusted = holm(rows.flatMap(({ pValue }) => pValue ?? []));
  const tested = rows.filter(({ pValue }) => pValue !== null);
  for (const [index, row] of tested.entries()) {
    row.adjustedPValue = adjusted[index] ?? null;
    row.isSignificant = (adjusted[index] ?? 1) < significance;
  }
  return { hosts: [hostsOf(a), hostsOf(b)], rows, notCompared: ids.filter((id) => !common.includes(id)), tests: tested.length };
}

function groupsOf(runs: readonly Run[], which: string): Map<string, Run[]> {
  const scored = runs.filter(({ purpose }) => purpose === 'scored');
  const hosts = hostsOf(scored);
  if (hosts.length !== 1) throw new RangeError(`compareSets: the ${which} set must hold runs of one host, got ${hosts.join(' and ') || 'no runs'}`);
  const groups = new Map<string, Run[]>();
  for (const run of scored) groups.set(run.experiment.id, [...(groups.get(run.experiment.id) ?? []), run]);
  return groups;
}

function hostsOf(runs: readonly Run[]): string[] {
  return [...new Set(runs.map(({ host }) => machineOf(host)))];
}

function ratesOf(runs: readonly Run[] = []): number[] {
  return runs.map(({ outcome }) => outcome.deliveredPps);
}

function differenceOf(id: string, a: number[], b: number[]): SetDifference {
  const testable = a.length > 1 && b.length > 1;
  // Seeded by nothing but a constant: the same records give the same answer.
  const random = randomNumbers(1);
  return {
    id,
    runs: [a.length, b.length],
    medianPps: [median(a), median(b)],
    difference: median(b) / median(a) - 1,
    interval: testable ? bootstrapInterval(a, b, random) : null,
    // A draw of permutations may miss the extreme ones, but no test of so few runs can give less than one of all ways to part them.
    pValue: testable ? Math.max(permutationTest(a, b, 'two_side', permutations, random), 1 / waysToPart(a.length, b.length)) : null,
    adjustedPValue: null,
    isSignificant: false,
  };
}

function bootstrapInterval(a: number[], b: number[], random: () => number): Interval {
  const ratios = Array.from(
    { length: resamples },
    () => median(sampleWithReplacement(b, b.length, random)) / median(sampleWithReplacement(a, a.length, random)) - 1,
  );
  return { low: quantile(ratios, 0.025), high: quantile(ratios, 0.975), level: 0.95, kind: 'confidence' };
}

/** Binomial coefficient (a + b over a); twice that few where the sides are equal, since then either may be called the first. */
function waysToPart(a: number, b: number): number {
  let ways = 1;
  for (let k = 1; k <= a; k++) ways *= (b + k) / k;
  return a === b ? ways / 2 : ways;
}
