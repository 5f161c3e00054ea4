import { explain as explainExperiment } from '../../model/index.js';
import type { Command } from '../command.js';
import { findExperiment } from '../find-experiment.js';
import { findHost } from '../find-host.js';
import { printExplanation } from '../print-explanation.js';
import { hostFlag } from './predict.js';

export const explain: Command = {
  usage: 'ID|FILE',
  summary: 'which stage limits an experiment, and what to change next',
  help: 'mpps explain two-senders-one-ip',
  flags: hostFlag,
  positionals: ['ID|FILE'],
  async run({ positionals: [name = ''], flags, json, print }) {
    const explanation = explainExperiment(findExperiment(name), await findHost(flags.host));
    print(json ? JSON.stringify(explanation) : printExplanation(explanation));
    return 0;
  },
};
