import path from 'node:path';
import type { Run } from '../experiment/index.js';
import { readRuns, runsFolder } from '../records/read-runs.js';

/** The committed sets of runs that the lessons replay, folders of data/runs/: one machine, its packets on two receive paths, and as many as it can. */
const lessonSets = { veth: 'two-cpu-vm', 'software-nic': 'two-cpu-nic-3', million: 'two-cpu-million' } as const;

const recorded = new Map<string, Run[]>();

/**
 * Runs of the committed set on plain veth, experiment by experiment as named, each oldest first.
 * @param ids experiments; without any, every run
 */
export function recordedRuns(...ids: string[]): Run[] {
  return runsOfSet(lessonSets.veth, ids);
}

/**
 * Runs of the committed set behind the software NIC, where rings overflow; experiment by experiment as named, each oldest first.
 * @param ids experiments; without any, every run
 */
export function recordedNicRuns(...ids: string[]): Run[] {
  return runsOfSet(lessonSets['software-nic'], ids);
}

/**
 * Windows of two seconds in which the committed machine receives as many packets as it can; experiment by experiment as named, each oldest first.
 * @param ids experiments; without any, every run
 */
export function recordedMillionRuns(...ids: string[]): Run[] {
  return runsOfSet(lessonSets.million, ids);
}

function runsOfSet(folder: string, ids: readonly string[]): Run[] {
  const runs = recorded.get(folder) ?? readRuns(path.join(runsFolder, folder)).runs;
  recorded.set(folder, runs);
  return ids.length === 0 ? runs : ids.flatMap((id) => runs.filter(({ experiment }) => experiment.id === id));
}
