import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { InputError, parseSweep, type Sweep } from '../experiment/index.js';
import { packageRoot } from '../records/package-root.js';
import { readYamlFile } from '../records/read-yaml-file.js';

const folder = path.join(packageRoot, 'data/sweeps');

/** Finds a sweep by its id or reads it from a file, YAML or JSON. @throws {InputError} naming what there is */
export function readSweep(idOrFile: string): { sweep: Sweep; file: string } {
  const ready = path.join(folder, `${path.basename(idOrFile)}.yaml`);
  const file = path.basename(idOrFile) === idOrFile && existsSync(ready) ? ready : idOrFile;
  if (!existsSync(file)) {
    const names = readdirSync(folder).map((name) => path.basename(name, '.yaml'));
    throw new InputError(`sweep: must be a YAML or JSON file or one of ${names.join(', ')}, got ${JSON.stringify(idOrFile)}`);
  }
  return { sweep: parseSweep(readYamlFile(file, 'sweep file'), path.basename(file)), file };
}
