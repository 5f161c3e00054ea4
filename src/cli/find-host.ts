import type { Host } from '../experiment/index.js';
import { readHostFile, thisHost } from '../lab/index.js';
import { article } from '../records/article.js';

/** Finds a Host: `article`, `this` (as last calibrated) or a Host file. */
export async function findHost(name: string | boolean | undefined): Promise<Host> {
  if (name === undefined || name === 'article') return article.host;
  return name === 'this' ? thisHost() : readHostFile(String(name));
}
