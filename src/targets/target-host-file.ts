import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Host, NamedHost } from '../experiment/index.js';
import { readHostFile } from '../lab/index.js';
import { packageRoot } from '../records/package-root.js';
import { writeWhole } from '../records/write-whole.js';

/** Where the calibration of a receiving host is kept on this machine: by how it is reached and which interface is tested. */
export function targetHostFile({ ssh, interface: device }: NamedHost): string {
  const digest = createHash('sha256').update(`${ssh}\n${device}`).digest('hex').slice(0, 16);
  return path.join(packageRoot, '.mpps', 'target-hosts', `${digest}.json`);
}

/** Keeps a calibration of a receiving host. */
export function saveTargetHost(receiver: NamedHost, host: Host): void {
  writeWhole(targetHostFile(receiver), `${JSON.stringify(host, null, 1)}\n`);
}

/**
 * A receiving host as it was last calibrated, while it still is the machine that was calibrated: same name, kernel and receive path; otherwise as it
 * describes itself now.
 *
 * @throws {InputError} when the file is broken
 */
export function calibratedTargetHost(receiver: NamedHost, described: Host): Host {
  const file = targetHostFile(receiver);
  if (!existsSync(file)) return described;
  const calibrated = readHostFile(file);
  const isSame = (['name', 'kernelRelease', 'receivePath'] as const).every((field) => calibrated[field] === described[field]);
  return isSame ? { ...described, ...calibrated } : described;
}
