import { InputError } from '../../experiment/index.js';
import { simulate as simulateOutcome } from '../../model/index.js';
import type { Command } from '../command.js';
import { findExperiment } from '../find-experiment.js';
import { findHost } from '../find-host.js';
import { printOutcome } from '../print-outcome.js';
import { hostFlag } from './predict.js';

export const simulate: Command = {
  usage: 'ID|FILE',
  summary: 'the same packet by packet, with random times and an interval',
  help: 'mpps simulate pinned --seconds 1\nThe same seed gives the same outcome, and the same random numbers to experiments that are compared.',
  flags: {
    ...hostFlag,
    seed: { value: 'N', text: 'seed of the random numbers, an integer from 0 (default 1)' },
    seconds: { value: 'S', text: 'simulated seconds of each replication (default 0.2)' },
    replications: { value: 'N', text: 'independent runs, from which the interval comes (default 8)' },
  },
  positionals: ['ID|FILE'],
  async run({ positionals: [name = ''], flags, json, print }) {
    const experiment = findExperiment(name);
    const host = await findHost(flags.host);
    const outcome = orInputError(() =>
      simulateOutcome(experiment, host, {
        seed: numberOf('seed', flags.seed ?? '1'),
        seconds: numberOf('seconds', flags.seconds ?? '0.2'),
        replications: numberOf('replications', flags.replications ?? '8'),
      }),
    );
    print(json ? JSON.stringify(outcome) : printOutcome(experiment, outcome));
    return 0;
  },
};

function numberOf(flag: string, text: string | boolean): number {
  const value = Number(text);
  if (Number.isNaN(value) || text === '') throw new InputError(`mpps: --${flag} must be a number, got ${text}`);
  return value;
}

/** A value out of range was typed by the person in front. */
function orInputError<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(error.message);
    throw error;
  }
}
