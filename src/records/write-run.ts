import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { InputError, parseRun, type Run } from '../experiment/index.js';
import { pendingFile } from './registration.js';
import { writeWhole } from './write-whole.js';

/**
 * Writes a finished run into the folder, whole or not at all, and removes its pending registration.
 *
 * @returns the path of the file
 * @throws {InputError} when the run is not valid or a record of that name exists: nothing recorded is ever replaced
 */
export function writeRun(folder: string, run: Run): string {
  const file = path.join(folder, `${run.name}.json`);
  if (existsSync(file)) throw new InputError(`writeRun: name must be new, got ${run.name}`);
  parseRun(run, run.name);
  writeWhole(file, `${JSON.stringify(run)}\n`);
  rmSync(pendingFile(folder, run.name), { force: true });
  return file;
}
