import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Host, InputError, parseHost } from '../experiment/index.js';
import { readHost } from '../host/index.js';
import { packageRoot } from '../records/package-root.js';
import { writeWhole } from '../records/write-whole.js';

/** Where this machine's calibration is kept. */
export const hostFile: string = path.join(packageRoot, '.mpps/host.json');

/** Keeps a calibration of this machine. */
export function saveHost(host: Host): void {
  writeWhole(hostFile, `${JSON.stringify(host, null, 1)}\n`);
}

/** This machine as it was last calibrated, or with assumed costs when it never was. @throws {InputError} when the file is broken */
export async function thisHost(): Promise<Host> {
  return existsSync(hostFile) ? readHostFile(hostFile) : readHost();
}

/** Reads a Host file. @throws {InputError} with one line that names file, field and rule */
export function readHostFile(file: string): Host {
  if (!existsSync(file)) throw new InputError(`${file}: file must exist`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(`${file}: file must be whole JSON (${(error as Error).message})`);
  }
  return parseHost(value, path.basename(file));
}
