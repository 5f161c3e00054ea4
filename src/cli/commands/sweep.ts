import os from 'node:os';
import path from 'node:path';
import { InputError } from '../../experiment/index.js';
import { packageRoot } from '../../records/package-root.js';
import { localRunner, planSweep, pointText, ResultFiles, slurmRunner, sweep as sweepJobs } from '../../sweep/index.js';
import type { Command } from '../command.js';
import { exitCodes } from '../exit-code.js';
import { findSshConfig, hostsFlags } from '../find-hosts.js';
import { findSweep, readSweep } from '../find-sweep.js';
import { writableFolder } from '../folders.js';
import { statusLine } from '../status-line.js';
import { wholeNumber } from '../whole-number.js';

export const sweep: Command = {
  usage: 'ID|FILE',
  summary: 'a matrix of experiments predicted, simulated or measured, here or on Slurm, into one table',
  help: `mpps sweep batch-and-buffer
mpps sweep my-sweep.yaml --on slurm --folder /shared/my-sweep
The file names a base and the fields to vary; data/README.md shows one. Results go to build/sweeps/ID/, one file a job, then table.csv and table.json.
It may be interrupted or killed anywhere: called again, it answers only what is missing. On Slurm the kit and the folder must be where all nodes see
them; partition, account and time limit are taken from SBATCH_PARTITION and its relatives.`,
  needsLab: ({ on, 'dry-run': isDry }, [name = '']) => {
    if (on === 'slurm' || isDry === true) return false;
    const { answer, hosts } = readSweep(name).sweep;
    return answer === 'measure' && hosts === null;
  },
  flags: {
    workers: { value: 'N', text: 'threads that predict and simulate on this machine (default: one a CPU)' },
    on: { value: 'WHERE', text: 'local (default) or slurm' },
    folder: { value: 'FOLDER', text: 'where the results go (default build/sweeps/ID)' },
    'ssh-config': hostsFlags['ssh-config'],
    'dry-run': { value: true, text: 'list the jobs and whether they are done; run none' },
  },
  positionals: ['ID|FILE'],
  async run({ positionals: [name = ''], flags, json, signal, print }) {
    const workers = wholeNumber('workers', flags.workers ?? os.availableParallelism(), 1, 1024);
    const { sweep: what, setting } = await findSweep(name);
    const sshConfig = findSshConfig(flags);
    const folder = flags.folder === undefined ? path.join(packageRoot, 'build/sweeps', what.id) : writableFolder(flags.folder);
    const runner = isOnSlurm(flags.on) ? slurmRunner({ sshConfig }) : localRunner({ workers, host: setting.host, sshConfig });
    if (flags['dry-run'] === true) {
      const done = new ResultFiles(folder).ids();
      const jobs = planSweep(what, setting);
      const missing = jobs.filter(({ id }) => !done.has(id));
      const lines = missing.length ? runner.describe(missing, folder) : [];
      if (json) print(JSON.stringify({ folder, jobs: jobs.map(({ id, point, draw }) => ({ id, point, draw, done: done.has(id) })), lines }));
      else {
        const drawText = (draw: number | null) => (draw === null ? '' : `, ${what.answer === 'measure' ? 'repeat' : 'seed'} ${draw}`);
        for (const { id, point, draw } of jobs)
          print(`${done.has(id) ? 'done ' : 'would'} ${what.answer} ${id.slice(0, 12)}  ${pointText(point)}${drawText(draw)}`);
        for (const line of [...lines, `${missing.length} of ${jobs.length} jobs to run into ${folder}`]) print(line);
      }
      return exitCodes.done;
    }
    const status = statusLine();
    try {
      const table = await sweepJobs(what, setting, {
        folder,
        runner,
        signal,
        onProgress: ({ done, jobs, secondsLeft, text }) =>
          status.update(
            `${what.id}: ${done} of ${jobs} jobs${secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`}${text ? `; ${text}` : ''}`,
          ),
      });
      status.clear();
      if (json) print(JSON.stringify({ folder, ...table }));
      else {
        const refused = table.rows.filter((row) => row.refused !== null).length;
        print(`${table.rows.length} answers in ${path.join(path.relative(process.cwd(), folder), 'table.csv')} and table.json`);
        if (refused) print(`${refused} of them are refusals: the column refused says why`);
      }
      return exitCodes.done;
    } finally {
      status.clear();
    }
  },
};

function isOnSlurm(flag: string | boolean | undefined): boolean {
  if (flag !== undefined && flag !== 'local' && flag !== 'slurm') throw new InputError(`--on must be local or slurm, got ${flag}`);
  return flag === 'slurm';
}
