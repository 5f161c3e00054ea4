import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Run } from '../experiment/index.js';
import { packageRoot } from '../records/package-root.js';

/** Versions that a record needs so that it can be judged later. */
export function versions(): Run['versions'] {
  const { version } = JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  return { kit: version, node: process.version, kernel: os.release() };
}
