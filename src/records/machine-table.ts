import { median } from 'simple-statistics';
import type { Losses, Run } from '../experiment/index.js';
import { machineOf } from './machine-of.js';

/** All runs of one experiment on one host: what was registered beforehand and what came. */
export interface MachineRow {
  id: string;
  title: string;
  /** Median of the registered predictions, and the widest of their intervals. */
  predictedPps: number;
  low: number;
  high: number;
  /** Delivered packets per second, one figure a run. */
  measured: number[];
  /** Whether each of those runs is doubtful. */
  doubtful: boolean[];
  measuredPps: number;
  /** Median over the runs of predicted / measured − 1. */
  error: number;
  /** Runs whose figure lies inside their own registered interval. */
  insideInterval: number;
  /** Packets of all runs together, from start to drain. */
  offeredPackets: number;
  deliveredPackets: number;
  lossesPackets: Losses;
  unaccountedPackets: number;
  /** Where the host made the runs differ from what the experiment means. */
  deviations: string[];
  doubtfulRuns: number;
}

/**
 * Groups the scored runs of one host by experiment, in the order in which the experiments first appear. Runs made for
 * calibration are left out.
 *
 * @throws {RangeError} when the runs are of several hosts: a row never mixes them
 */
export function machineTable(runs: readonly Run[]): MachineRow[] {
  const hosts = [...new Set(runs.map(({ host }) => machineOf(host)))];
  if (hosts.length > 1) throw new RangeError(`machineTable: runs must be of one host, got ${hosts.join(' and ')}`);
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    if (run.purpose !== 'scored') continue;
    groups.set(run.experiment.id, [...(groups.get(run.experiment.id) ?? []), run]);
  }
  return [...groups].map(([id, group]) => {
    const sum = (of: (run: Run) => number | undefined) => group.reduce((total, run) => total + (of(run) ?? 0), 0);
    const places = [...new Set(group.flatMap(({ outcome }) => Object.keys(outcome.lossesPackets ?? {})))] as (keyof Losses)[];
    const measured = group.map(({ outcome }) => outcome.deliveredPps);
    return {
      id,
      title: group[0]?.experiment.title ?? id,
      predictedPps: median(group.map(({ prediction }) => prediction.deliveredPps)),
      low: Math.min(...group.map(({ prediction }) => prediction.delivered.low)),
      high: Math.max(...group.map(({ prediction }) => prediction.delivered.high)),
      measured,
      doubtful: group.map(({ doubts }) => doubts.length > 0),
      measuredPps: median(measured),
      error: median(group.map(({ prediction, outcome }) => prediction.deliveredPps / outcome.deliveredPps - 1)),
      insideInterval: group.filter(
        ({ prediction: { delivered }, outcome: { deliveredPps } }) => delivered.low <= deliveredPps && deliveredPps <= delivered.high,
      ).length,
      offeredPackets: sum(({ outcome }) => outcome.offeredPackets),
      deliveredPackets: sum(({ outcome }) => outcome.deliveredPackets),
      lossesPackets: Object.fromEntries(places.map((place) => [place, sum(({ outcome }) => outcome.lossesPackets?.[place])])) as Losses,
      unaccountedPackets: sum(({ outcome }) => outcome.unaccountedPackets),
      deviations: [...new Set(group.flatMap(({ plan }) => plan.deviations))],
      doubtfulRuns: group.filter(({ doubts }) => doubts.length > 0).length,
    };
  });
}
