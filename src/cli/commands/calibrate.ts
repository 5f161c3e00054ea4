import path from 'node:path';
import { HostError } from '../../experiment/index.js';
import { calibrate as calibrateHost, hostFile, saveHost } from '../../lab/index.js';
import type { Command } from '../command.js';
import { pathFlag, pathOf } from '../path-flag.js';
import { printHost } from '../print-host.js';
import { statusLine } from '../status-line.js';
import { wholeNumber } from '../whole-number.js';

export const calibrate: Command = {
  usage: '',
  summary: 'measure the costs of this machine, and keep them for --host this',
  help: 'mpps calibrate\nA short interleaved series of micro-experiments, each cost with an interval.',
  needsLab: () => true,
  flags: { ...pathFlag, rounds: { value: 'N', text: 'rounds of the series (default 5)' } },
  positionals: [],
  async run({ flags, json, signal, print, say }) {
    const rounds = wholeNumber('rounds', flags.rounds ?? 5, 5, 100);
    const receivePath = pathOf(flags.path, say);
    if (receivePath === 'loopback')
      throw new HostError('calibrate: on loopback nothing parts the cost of sending from that of receiving; run the command as root');
    const status = statusLine();
    const host = await calibrateHost(undefined, {
      rounds,
      path: receivePath,
      signal,
      onProgress: ({ step, steps, text, secondsLeft }) =>
        status.update(`calibrate: ${step + 1} of ${steps}, ${text}, ${Math.ceil(secondsLeft)} s left`),
    });
    status.clear();
    saveHost(host);
    if (json) print(JSON.stringify(host));
    else print(printHost(host));
    say(`kept in ${path.relative(process.cwd(), hostFile(host.receivePath))}`);
    return 0;
  },
};
