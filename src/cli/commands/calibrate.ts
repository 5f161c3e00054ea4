import path from 'node:path';
import { HostError } from '../../experiment/index.js';
import { type CalibrateOptions, calibrate as calibrateHost, hostFile, saveHost } from '../../lab/index.js';
import { calibrateOnHosts, saveTargetHost, targetHostFile } from '../../targets/index.js';
import type { Command } from '../command.js';
import { findTarget, targetFlags } from '../find-hosts.js';
import { pathFlag, pathOf } from '../path-flag.js';
import { printHost } from '../print-host.js';
import { statusLine } from '../status-line.js';
import { wholeNumber } from '../whole-number.js';

export const calibrate: Command = {
  usage: '',
  summary: 'measure the costs of this machine, or of the receiver of --hosts, and keep them for predictions',
  help: `mpps calibrate
A short interleaved series of micro-experiments, each cost with an interval. Other machines cannot be taken apart like this one: with --hosts a
series of experiments runs there, and the costs are fitted to it.`,
  needsLab: ({ hosts }) => hosts === undefined,
  flags: { ...targetFlags, ...pathFlag, rounds: { value: 'N', text: 'rounds of the series (default 5, on target hosts 3)' } },
  positionals: [],
  async run({ flags, json, signal, print, say }) {
    const target = findTarget(flags);
    const rounds = target ? wholeNumber('rounds', flags.rounds ?? 3, 3, 100) : wholeNumber('rounds', flags.rounds ?? 5, 5, 100);
    const receivePath = target ? null : pathOf(flags.path, say);
    if (receivePath === 'loopback')
      throw new HostError('calibrate: on loopback nothing parts the cost of sending from that of receiving; run the command as root');
    const status = statusLine();
    const onProgress: CalibrateOptions['onProgress'] = ({ step, steps, text, secondsLeft }) =>
      status.update(`calibrate: ${step + 1} of ${steps}, ${text}, ${Math.ceil(secondsLeft)} s left`);
    const host = target
      ? await calibrateOnHosts(target, { rounds, signal, onProgress })
      : await calibrateHost(undefined, { rounds, path: receivePath ?? 'veth', signal, onProgress });
    status.clear();
    if (target) saveTargetHost(target.hosts.receiver, host);
    else saveHost(host);
    if (json) print(JSON.stringify(host));
    else print(printHost(host));
    say(`kept in ${path.relative(process.cwd(), target ? targetHostFile(target.hosts.receiver) : hostFile(host.receivePath))}`);
    return 0;
  },
};
