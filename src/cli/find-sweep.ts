import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { InputError, parseExperiment, parseSweep, type Sweep } from '../experiment/index.js';
import { thisHost } from '../lab/index.js';
import { packageRoot } from '../records/package-root.js';
import { readYamlFile } from '../records/read-yaml-file.js';
import type { SweepSetting } from '../sweep/index.js';
import { readHostsFile } from '../targets/index.js';
import { findExperiment } from './find-experiment.js';
import { findHost } from './find-host.js';

const folder = path.join(packageRoot, 'data/sweeps');

/** A sweep, its file, and what the names in it stand for. */
export interface FoundSweep {
  sweep: Sweep;
  setting: SweepSetting;
}

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

/** Finds what the names in a sweep stand for; files are seen from the sweep file. @throws {InputError} of one line */
export async function findSweep(idOrFile: string): Promise<FoundSweep> {
  const { sweep, file } = readSweep(idOrFile);
  const beside = (name: string) => path.resolve(path.dirname(file), name);
  const { base, host, hosts, answer } = sweep;
  return {
    sweep,
    setting: {
      base:
        typeof base === 'string'
          ? findExperiment(base.endsWith('.json') && existsSync(beside(base)) ? beside(base) : base)
          : parseExperiment({ id: sweep.id, ...base }, `${path.basename(file)}: base`),
      host: answer === 'measure' ? await thisHost() : await findHost(host === 'article' || host === 'this' ? host : beside(host)),
      ...(hosts !== null && { hosts: readHostsFile(beside(hosts)) }),
    },
  };
}
