import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../records/package-root.js';

/** Digest of the files that were copied to this host; null where the kit was not copied but checked out. */
export function readBundleDigest(): string | null {
  const file = path.join(packageRoot, 'bundle.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { digest: string }).digest : null;
}
