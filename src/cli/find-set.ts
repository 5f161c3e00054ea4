import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError, type Run } from '../experiment/index.js';
import { readRun, readRuns, runsFolder } from '../records/read-runs.js';

/**
 * Finds a set of runs: a folder of data/runs/, any folder or record, or part of the name of the host that made them.
 *
 * @param say told of records that are skipped
 * @throws {InputError} when there is none
 */
export function findSet(name: string, say: (text: string) => void): Run[] {
  const file = [path.join(runsFolder, name), name].find((candidate) => existsSync(candidate));
  if (file && !statSync(file).isDirectory()) return [readRun(file)];
  const { runs, problems } = readRuns(file);
  for (const problem of problems) say(`mpps: skipped: ${problem}`);
  const found = file ? runs : runs.filter(({ host }) => host.name.includes(name));
  if (found.length === 0)
    throw new InputError(`a set must be a folder in data/runs/, a folder or record anywhere, or a host that has runs, got ${JSON.stringify(name)}`);
  return found;
}
