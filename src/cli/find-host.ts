import type { Host } from '../experiment/index.js';
import { type LabPath, readHostFile, thisHost } from '../lab/index.js';
import { article } from '../records/article.js';

/** Finds a Host: `article`, `this` (as last calibrated for a receive path) or a Host file. */
export async function findHost(name: string | boolean | undefined, path: LabPath = 'veth'): Promise<Host> {
  if (name === undefined || name === 'article') return article.host;
  return name === 'this' ? thisHost(path) : readHostFile(String(name));
}
