import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Where a program is, or null. Users often lack /usr/sbin in PATH, so it is searched too. */
export function findProgram(name: string): string | null {
  for (const folder of [...(process.env.PATH ?? '').split(':').filter(Boolean), '/usr/sbin', '/sbin']) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}
