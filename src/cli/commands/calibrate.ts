import path from 'node:path';
import { InputError } from '../../experiment/index.js';
import { calibrate as calibrateHost, hostFile, saveHost } from '../../lab/index.js';
import type { Command } from '../command.js';
import { printHost } from '../print-host.js';
import { statusLine } from '../status-line.js';

export const calibrate: Command = {
  usage: '',
  summary: 'measure the costs of this machine, and keep them for --host this',
  help: 'mpps calibrate\nA short interleaved series of micro-experiments, each cost with an interval.',
  flags: { rounds: { value: 'N', text: 'rounds of the series (default 5)' } },
  positionals: [],
  async run({ flags, json, signal, print, say }) {
    const rounds = Number(flags.rounds ?? 5);
    if (!Number.isInteger(rounds) || rounds < 1) throw new InputError(`mpps calibrate: --rounds must be a positive integer, got ${flags.rounds}`);
    const status = statusLine();
    const host = await calibrateHost(undefined, {
      rounds,
      signal,
      onProgress: ({ step, steps, text }) => status.update(`calibrate: ${step + 1} of ${steps}, ${text}`),
    });
    status.clear();
    saveHost(host);
    if (json) print(JSON.stringify(host));
    else print(printHost(host));
    say(`kept in ${path.relative(process.cwd(), hostFile)}`);
    return 0;
  },
};
