import { statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../experiment/index.js';
import { runsFolder } from '../records/read-runs.js';

/** The folder that a --folder flag names to read records from. @throws {InputError} when there is none */
export function readableFolder(flag: string | boolean | undefined): string {
  if (typeof flag !== 'string') return runsFolder;
  if (!statSync(flag, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError(`--folder must be a folder that exists, got ${JSON.stringify(flag)}`);
  return path.resolve(flag);
}

/** The folder that a --folder flag names to write records to; it is made when needed. @throws {InputError} when something else is there */
export function writableFolder(flag: string | boolean | undefined): string {
  if (typeof flag !== 'string') return runsFolder;
  const found = statSync(flag, { throwIfNoEntry: false });
  if (found && !found.isDirectory()) throw new InputError(`--folder must be a folder, got ${JSON.stringify(flag)}`);
  return path.resolve(flag);
}

/** The file that an --out flag names. @throws {InputError} when it is a folder, or its folder does not exist */
export function outputFile(flag: string): string {
  const file = path.resolve(flag);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new InputError(`--out must be a file, got the folder ${JSON.stringify(flag)}`);
  if (!statSync(path.dirname(file), { throwIfNoEntry: false })?.isDirectory())
    throw new InputError(`--out must lie in a folder that exists, got ${JSON.stringify(flag)}`);
  return file;
}
