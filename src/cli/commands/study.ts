import path from 'node:path';
import { type Host, InputError } from '../../experiment/index.js';
import { readHost } from '../../host/index.js';
import { isUntrustworthy, type LabPath, openStudyBench } from '../../lab/index.js';
import { machineTable } from '../../records/machine-table.js';
import { runsFolder } from '../../records/read-runs.js';
import { openHostsBench } from '../../targets/index.js';
import type { Command } from '../command.js';
import { exitCodes } from '../exit-code.js';
import { findHost } from '../find-host.js';
import { findTarget, targetFlags } from '../find-hosts.js';
import { findStudy } from '../find-study.js';
import { pathFlag, pathOf } from '../path-flag.js';
import { printMachine } from '../print-machine.js';
import { tellStudy } from '../tell-study.js';
import { wholeNumber } from '../whole-number.js';

export const study: Command = {
  usage: 'ID|FILE...',
  summary: 'experiments x repeats in shuffled order, calibrated block by block; call it again to go on',
  help: `mpps study held-out --minutes 12
mpps study pinned half-load --repeats 5 --name mine
A study is named by its id in data/studies/, by a file, or made of experiments. Its plan and its runs go to data/runs/NAME/. It may be
interrupted or killed anywhere: called again, it makes only the runs that are missing. Exit code 4: the machine is not stable and the gate
refuses, or no run can be trusted.`,
  needsLab: ({ hosts }) => hosts === undefined,
  flags: {
    ...targetFlags,
    ...pathFlag,
    repeats: { value: 'N', text: 'most runs of each experiment (default: as the study says, 5)' },
    minutes: { value: 'M', text: 'most minutes of this sitting (default: as the study says, no end)' },
    name: { value: 'NAME', text: 'name of the study and of its folder (default: as the study says)' },
    host: {
      value: 'HOST',
      text: 'predict with this machine as it was calibrated before, `this` or its Host file (default: calibrate before each block)',
    },
    gate: { value: 'POLICY', text: 'refuse, warn (default) or off: what to do on a machine that is not stable' },
  },
  positionals: ['ID|FILE'],
  more: true,
  async run({ positionals, flags, json, signal, print, say }) {
    const found = findStudy(positionals);
    const target = findTarget(flags);
    const receivePath = target ? 'veth' : pathOf(flags.path, say);
    // Runs of another path are another study: they must not lie in one folder.
    const what = { ...found.study, id: receivePath === 'veth' ? found.study.id : `${found.study.id}-${receivePath}` };
    if (flags.repeats !== undefined) what.repeats = wholeNumber('repeats', flags.repeats, 1, 1000);
    if (flags.minutes !== undefined) what.minutes = minutes(flags.minutes);
    if (flags.name !== undefined) what.id = name(flags.name);
    if (flags.gate !== undefined) what.gate = gate(flags.gate);
    if (target && flags.host !== undefined) throw new InputError('--host must come without --hosts, whose receiver is calibrated by the study');
    const known = flags.host === undefined ? undefined : await calibratedBefore(flags.host, receivePath);
    const folder = path.join(runsFolder, what.id);
    const { plan, runs, missingRuns, precise, ended } = await tellStudy(
      { ...found, study: what },
      { folder, signal, openBench: (abort) => (target ? openHostsBench(target, abort) : openStudyBench(abort, receivePath, known)) },
      say,
    );
    if (json)
      print(
        JSON.stringify({
          folder,
          plan,
          runs: runs.map((run) => run.name),
          missingRuns,
          precise,
          ended,
          table: runs.length ? machineTable(runs) : [],
        }),
      );
    else {
      if (runs.length) print(`${printMachine(machineTable(runs))}\n`);
      print(`${runs.length} runs in ${path.relative(process.cwd(), folder) || folder}`);
      if (precise.length) print(`known well enough before all repeats were made: ${precise.join(', ')}`);
      if (missingRuns) print(`the minutes are up, ${missingRuns} runs are missing; the same command goes on`);
    }
    for (const run of runs) for (const doubt of run.doubts) say(`mpps: doubt: ${run.name}: ${doubt}`);
    return runs.length > 0 && runs.every(isUntrustworthy) ? exitCodes.notTrusted : exitCodes.done;
  },
};

/** @throws {InputError} when the Host is another machine, whose CPUs and costs say nothing of this one */
async function calibratedBefore(flag: string | boolean, receivePath: LabPath): Promise<Host> {
  const [known, here] = [await findHost(flag, receivePath), await readHost(receivePath)];
  if (known.name !== here.name || known.receivePath !== here.receivePath)
    throw new InputError(`--host must be this machine on ${receivePath}, ${here.name}; got ${known.name} on ${known.receivePath}`);
  return known;
}

function minutes(flag: string | boolean): number {
  const number = Number(flag);
  if (!(number > 0 && Number.isFinite(number))) throw new InputError(`--minutes must be a number above 0, got ${flag}`);
  return number;
}

function name(flag: string | boolean): string {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(String(flag)))
    throw new InputError(`--name must be lower-case letters, digits and hyphens, got ${JSON.stringify(flag)}`);
  return String(flag);
}

function gate(flag: string | boolean): 'refuse' | 'warn' | 'off' {
  if (flag !== 'refuse' && flag !== 'warn' && flag !== 'off') throw new InputError(`--gate must be refuse, warn or off, got ${flag}`);
  return flag;
}
