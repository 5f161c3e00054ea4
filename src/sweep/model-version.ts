import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { versions } from '../lab/versions.js';

const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

let known: string | undefined;

/** Version of the kit, and the beginning of a SHA-256 over the compiled model: answers of two models never count as the same. */
export function modelVersion(): string {
  if (known) return known;
  const hash = createHash('sha256');
  for (const room of ['experiment', 'model']) {
    const files = readdirSync(path.join(source, room), { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.d)\.[jt]s$/.test(name));
    for (const file of files.sort()) hash.update(`${room}/${file}\0`).update(readFileSync(path.join(source, room, file)));
  }
  known = `${versions().kit}+${hash.digest('hex').slice(0, 16)}`;
  return known;
}
