import os from 'node:os';
import { InputError } from '../../experiment/index.js';
import { simulateOnThreads } from '../../threads/index.js';
import type { Command } from '../command.js';
import { findExperiment } from '../find-experiment.js';
import { findHost } from '../find-host.js';
import { printOutcome } from '../print-outcome.js';
import { wholeNumber } from '../whole-number.js';
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
    workers: { value: 'N', text: 'threads that run them (default: one a CPU); the outcome is the same' },
  },
  positionals: ['ID|FILE'],
  async run({ positionals: [name = ''], flags, json, signal, print }) {
    const experiment = findExperiment(name);
    const host = await findHost(flags.host);
    const outcome = await orInputError(
      simulateOnThreads(experiment, host, {
        seed: numberOf('seed', flags.seed ?? '1'),
        seconds: numberOf('seconds', flags.seconds ?? '0.2'),
        replications: numberOf('replications', flags.replications ?? '8'),
        workers: wholeNumber('workers', flags.workers ?? os.availableParallelism(), 1, 1024),
        signal,
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
async function orInputError<Result>(running: Promise<Result>): Promise<Result> {
  try {
    return await running;
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(error.message);
    throw error;
  }
}
