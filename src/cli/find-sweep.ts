import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseExperiment, type Sweep } from '../experiment/index.js';
import { thisHost } from '../lab/index.js';
import type { SweepSetting } from '../sweep/index.js';
import { readHostsFile } from '../targets/index.js';
import { findExperiment } from './find-experiment.js';
import { findHost } from './find-host.js';
import { readSweep } from './read-sweep.js';

/** A sweep, and what the names in it stand for. */
export interface FoundSweep {
  sweep: Sweep;
  setting: SweepSetting;
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
