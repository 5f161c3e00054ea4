import { existsSync } from 'node:fs';
import { InputError, type Run } from '../experiment/index.js';
import { readRun, readRuns } from '../records/read-runs.js';

/** Finds a recorded run by its file, or by its name or the beginning of its name in data/runs/. @throws {InputError} when there is none, or are several */
export function findRun(nameOrFile: string): Run {
  if (existsSync(nameOrFile)) return readRun(nameOrFile);
  const found = readRuns().runs.filter(({ name }) => name.startsWith(nameOrFile));
  const [run] = found;
  if (!run) throw new InputError(`--run must be a record's file or the name of a run in data/runs/, got ${JSON.stringify(nameOrFile)}`);
  if (found.length > 1 && run.name !== nameOrFile)
    throw new InputError(
      `--run must name one run, got ${nameOrFile}, which ${found.length} begin with: ${found
        .slice(0, 3)
        .map(({ name }) => name)
        .join(', ')}...`,
    );
  return run;
}
