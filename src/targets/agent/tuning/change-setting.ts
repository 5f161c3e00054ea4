import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Journal } from '../../../host/index.js';

/** Writes one setting of /proc or /sys, journalled first. @returns a line for the record @throws {Error} when the kernel refuses */
export function changeSetting(journal: Journal, file: string, after: string): string {
  if (!existsSync(file)) throw Object.assign(new Error(`${file}: No such file or directory`), { code: 'ENOENT' });
  const before = readFileSync(file, 'utf8').trim();
  if (before !== after) {
    journal.willChange({ kind: 'setting', name: file, before, after });
    writeFileSync(file, after);
  }
  return `${file}: ${before} -> ${after}`;
}
