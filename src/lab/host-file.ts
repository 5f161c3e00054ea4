import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Host, parseHost, type ReceivePath } from '../experiment/index.js';
import { readHost } from '../host/index.js';
import { packageRoot } from '../records/package-root.js';
import { readJsonFile } from '../records/read-json-file.js';
import { writeWhole } from '../records/write-whole.js';
import type { MeasurePath } from './lab-path.js';

/** Where this machine's calibration for a receive path is kept; RPS has the costs of plain veth. */
export function hostFile(receivePath: ReceivePath = 'veth'): string {
  return path.join(packageRoot, receivePath === 'software-nic' ? '.mpps/host-software-nic.json' : '.mpps/host.json');
}

/** Keeps a calibration of this machine. */
export function saveHost(host: Host): void {
  writeWhole(hostFile(host.receivePath), `${JSON.stringify(host, null, 1)}\n`);
}

/**
 * This machine as it was last calibrated for a receive path, or with assumed costs when it never was. Loopback is not calibrated: without a
 * namespace there is nowhere to send to without receiving, and so nothing that parts the two costs.
 *
 * @throws {InputError} when the file is broken
 */
export async function thisHost(receivePath: MeasurePath = 'veth'): Promise<Host> {
  if (receivePath === 'loopback') return readHost(receivePath);
  const file = hostFile(receivePath);
  return existsSync(file) ? { ...readHostFile(file), receivePath } : readHost(receivePath);
}

/** Reads a Host file. @throws {InputError} with one line that names file, field and rule */
export function readHostFile(file: string): Host {
  return parseHost(readJsonFile(file), path.basename(file));
}
