import { InputError } from '../../experiment/index.js';
import { predict as predictOutcome } from '../../model/index.js';
import type { Command } from '../command.js';
import { findExperiment } from '../find-experiment.js';
import { findHost } from '../find-host.js';
import { pathFlag, pathOf } from '../path-flag.js';
import { printOutcome } from '../print-outcome.js';

export const hostFlag = { host: { value: 'HOST', text: 'article (default), this (as last calibrated), or a Host file' } } as const;

export const predict: Command = {
  usage: 'ID|FILE',
  summary: 'what the model expects of an experiment',
  help: 'mpps predict pinned --host this\nmpps predict pinned --host this --path software-nic\nAn experiment is named by its id or by a JSON file.',
  flags: { ...hostFlag, ...pathFlag },
  positionals: ['ID|FILE'],
  async run({ positionals: [name = ''], flags, json, print, say }) {
    if (flags.path !== undefined && flags.host !== 'this')
      throw new InputError('--path must come with --host this: any other host has its own receive path');
    const experiment = findExperiment(name);
    const outcome = predictOutcome(experiment, await findHost(flags.host, flags.path === undefined ? undefined : pathOf(flags.path, say)));
    print(json ? JSON.stringify(outcome) : printOutcome(experiment, outcome));
    return 0;
  },
};
