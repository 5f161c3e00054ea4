import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { InputError, parseRun, type Run } from '../experiment/index.js';
import { followsFromSamples } from './follows-from-samples.js';
import { packageRoot } from './package-root.js';
import { readJsonFile } from './read-json-file.js';
import { searchName } from './search-name.js';
import { studyPlanName } from './study-plan.js';

/** Folder of the recorded runs. */
export const runsFolder: string = path.join(packageRoot, 'data/runs');

/** Reads one record. @throws {InputError} with one line that names the file and what is wrong with it */
export function readRun(file: string): Run {
  const name = path.basename(file);
  const run = parseRun(readJsonFile(file), name);
  if (!followsFromSamples(run))
    throw new InputError(`${name}: outcome must follow from the raw samples, and does not; it was changed after it was recorded`);
  return run;
}

const pendingEnd = '.pending.json';

/** What a folder of records holds. */
export interface RecordedRuns {
  /** Oldest first. */
  runs: Run[];
  /** Folder that each run lies in, seen from the folder that was read; `.` for that folder itself. */
  sets: ReadonlyMap<Run, string>;
  /** One sentence for each broken file, which was skipped. */
  problems: string[];
  /** Names of predictions that were registered for runs that never ended. */
  unfinished: string[];
}

/** Reads every record of a folder and the folders in it. */
export function readRuns(folder: string = runsFolder): RecordedRuns {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isRecord) : [];
  const pending = files.filter((name) => name.endsWith(pendingEnd));
  const problems: string[] = [];
  const sets = new Map<Run, string>();
  const runs = files
    .filter((name) => !pending.includes(name))
    .flatMap((name) => {
      try {
        const run = readRun(path.join(folder, name));
        sets.set(run, path.dirname(name));
        return [run];
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        problems.push(error.message);
        return [];
      }
    });
  return {
    runs: runs.sort((a, b) => a.recordedAt.localeCompare(b.recordedAt)),
    sets,
    problems,
    // A run may end by kill -9 between its record and the removal of its registration.
    unfinished: pending
      .filter((name) => !files.includes(`${name.slice(0, -pendingEnd.length)}.json`))
      .map((name) => path.basename(name, pendingEnd))
      .sort(),
  };
}

/** Other JSON files that lie among records. */
const beside = [studyPlanName, searchName, 'datapackage.json'];

function isRecord(file: string): boolean {
  return file.endsWith('.json') && !beside.includes(path.basename(file));
}
