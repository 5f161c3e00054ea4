import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../records/package-root.js';

/** The script that defines `millionPacketsExplore.mount(below, data)`, safe inside a `<script>` element. Built by `npm run build`. */
export function exploreScript(): string {
  return readFileSync(path.join(packageRoot, 'dist/browser/explore.js'), 'utf8').replace(/<\/script/gi, '<\\/script');
}
