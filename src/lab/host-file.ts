import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Host, parseHost } from '../experiment/index.js';
import { readHost } from '../host/index.js';
import { packageRoot } from '../records/package-root.js';
import { readJsonFile } from '../records/read-json-file.js';
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
  return parseHost(readJsonFile(file), path.basename(file));
}
