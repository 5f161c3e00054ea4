import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../experiment/index.js';

/** Longer files are not read: a record of a minute has well below a megabyte. */
const mostBytes = 50_000_000;

/**
 * Reads a JSON file that anybody may have written.
 *
 * @throws {InputError} with one line that names the file and what is wrong: not there, not a regular file, too long, not whole JSON
 */
export function readJsonFile(file: string): unknown {
  const name = path.basename(file);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new InputError(`${name}: file must exist, got ${JSON.stringify(file)}`);
  // A pipe or a device would never end.
  if (!found.isFile()) throw new InputError(`${name}: must be a regular file, got ${found.isDirectory() ? 'a folder' : 'a special file'}`);
  if (found.size > mostBytes) throw new InputError(`${name}: file must be at most ${mostBytes} bytes, got ${found.size}`);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(`${name}: file must be whole JSON (${(error as Error).message.split('\n')[0]})`);
  }
}
