import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError, parseRun, type Run } from '../experiment/index.js';
import { packageRoot } from './package-root.js';

const maximumRecordBytes = 50_000_000;

/** Folder of the recorded runs. */
export const runsFolder: string = path.join(packageRoot, 'data/runs');

/** Reads one record. @throws {InputError} with one line that names the file and what is wrong with it */
export function readRun(file: string): Run {
  const name = path.basename(file);
  if (!existsSync(file)) throw new InputError(`${name}: file must exist, got ${file}`);
  if (statSync(file).size > maximumRecordBytes) throw new InputError(`${name}: file must be at most ${maximumRecordBytes} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(`${name}: file must be whole JSON (${(error as Error).message}); record it again or move it away`);
  }
  return parseRun(value, name);
}

/**
 * Reads every record of a folder, oldest first. A broken file is skipped and named in `problems`; registrations without a
 * finished run are not records.
 */
export function readRuns(folder: string = runsFolder): { runs: Run[]; problems: string[] } {
  const problems: string[] = [];
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json') && !name.endsWith('.pending.json')) : [];
  const runs = files.flatMap((name) => {
    try {
      return [readRun(path.join(folder, name))];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(error.message);
      return [];
    }
  });
  return { runs: runs.sort((a, b) => a.recordedAt.localeCompare(b.recordedAt)), problems };
}
