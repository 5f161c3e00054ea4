import path from 'node:path';
import { InputError } from '../../experiment/index.js';
import { isUntrustworthy, measure as measureExperiment, thisHost } from '../../lab/index.js';
import { progressLine } from '../../native/progress-line.js';
import type { Command } from '../command.js';
import { exitCodes } from '../exit-code.js';
import { findExperiment } from '../find-experiment.js';
import { findTarget, targetFlags } from '../find-hosts.js';
import { writableFolder } from '../folders.js';
import { pathFlag, pathOf } from '../path-flag.js';
import { printRun } from '../print-run.js';
import { statusLine } from '../status-line.js';

export const measure: Command = {
  usage: 'ID|FILE',
  summary: 'run an experiment with real packets, on this machine or on --hosts, and record it',
  help: 'mpps measure pinned\nThe prediction is registered before the first packet. The record goes to data/runs/.',
  needsLab: ({ hosts }) => hosts === undefined,
  flags: {
    ...targetFlags,
    'dry-run': { value: true, text: 'with --hosts: print every change and every packet stream, make none' },
    ...pathFlag,
    folder: { value: 'FOLDER', text: 'where the record goes (default data/runs)' },
  },
  positionals: ['ID|FILE'],
  async run({ positionals: [name = ''], flags, json, signal, print, say }) {
    const experiment = findExperiment(name);
    const target = findTarget(flags);
    if (flags['dry-run'] === true) {
      if (!target) throw new InputError('--dry-run must come with --hosts');
      const lines = await target.dryRun(experiment);
      print(json ? JSON.stringify({ experiment: experiment.id, lines }) : lines.join('\n'));
      return exitCodes.done;
    }
    const folder = writableFolder(flags.folder);
    const status = statusLine();
    const run = await measureExperiment(experiment, {
      ...(target ? { hosts: target } : { host: await thisHost(pathOf(flags.path, say)) }),
      folder,
      signal,
      onProgress: ({ step, elapsedS, totalS, deliveredPps, deliveredBytesPerSecond }) =>
        status.update(
          `${experiment.id}: ${step} ${elapsedS.toFixed(1)} of ${totalS.toFixed(1)} s  ${progressLine(deliveredPps, deliveredBytesPerSecond)}`,
        ),
    });
    status.clear();
    const file = path.join(folder, `${run.name}.json`);
    if (json) print(JSON.stringify({ ...run, file }));
    else print(`${printRun(run)}\nrecorded in ${path.relative(process.cwd(), file)}`);
    for (const doubt of run.doubts) say(`mpps: doubt: ${doubt}`);
    return isUntrustworthy(run) ? exitCodes.notTrusted : exitCodes.done;
  },
};
