import { existsSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../records/package-root.js';

/** Where the kit's program keeps its journals: on a target host beside the copied kit, so that a newer copy finds them. */
export const journalFolder: string = existsSync(path.join(packageRoot, 'bundle.json'))
  ? path.resolve(packageRoot, '../journal')
  : path.join(packageRoot, '.mpps/targets');
