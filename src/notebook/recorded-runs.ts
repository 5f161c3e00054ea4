import path from 'node:path';
import type { Run } from '../experiment/index.js';
import { readRuns, runsFolder } from '../records/read-runs.js';

/** The committed set of runs that the lessons replay, a folder of data/runs/. */
export const lessonRuns = 'two-cpu-vm';

let recorded: Run[] | undefined;

/**
 * Every run of the committed set that the lessons replay, oldest first.
 * @param ids only runs of these experiments
 */
export function recordedRuns(...ids: string[]): Run[] {
  recorded ??= readRuns(path.join(runsFolder, lessonRuns)).runs;
  return ids.length === 0 ? recorded : recorded.filter(({ experiment }) => ids.includes(experiment.id));
}
