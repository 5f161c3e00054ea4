import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Experiment, InputError, parseExperiment } from '../experiment/index.js';
import { experiments } from '../records/experiments.js';
import { readJsonFile } from '../records/read-json-file.js';

/** Finds an Experiment by its id or reads it from a file. @throws {InputError} naming what there is */
export function findExperiment(idOrFile: string): Experiment {
  const known = experiments();
  const found = Object.hasOwn(known, idOrFile) ? known[idOrFile] : undefined;
  if (found) return found;
  if (!existsSync(idOrFile)) {
    throw new InputError(`experiment: must be a JSON file or one of ${Object.keys(known).join(', ')}, got ${JSON.stringify(idOrFile)}`);
  }
  return parseExperiment(readJsonFile(idOrFile), path.basename(idOrFile));
}
