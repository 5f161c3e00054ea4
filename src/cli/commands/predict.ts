import { predict as predictOutcome } from '../../model/index.js';
import type { Command } from '../command.js';
import { findExperiment } from '../find-experiment.js';
import { findHost } from '../find-host.js';
import { printOutcome } from '../print-outcome.js';

export const hostFlag = { host: { value: 'HOST', text: 'article (default), this (as last calibrated), or a Host file' } } as const;

export const predict: Command = {
  usage: 'ID|FILE',
  summary: 'what the model expects of an experiment',
  help: 'mpps predict pinned --host this\nAn experiment is named by its id or by a JSON file.',
  flags: hostFlag,
  positionals: ['ID|FILE'],
  async run({ positionals: [name = ''], flags, json, print }) {
    const experiment = findExperiment(name);
    const outcome = predictOutcome(experiment, await findHost(flags.host));
    print(json ? JSON.stringify(outcome) : printOutcome(experiment, outcome));
    return 0;
  },
};
