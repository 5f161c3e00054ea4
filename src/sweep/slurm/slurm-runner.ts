import { createHash } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HostError, InputError } from '../../experiment/index.js';
import { writeWhole } from '../../records/write-whole.js';
import { canonicalJson } from '../canonical-json.js';
import type { JobRunner } from '../job-runner.js';
import type { PlannedJob } from '../planned-job.js';
import { ResultFiles } from '../result-files.js';
import { type SlurmArray, sbatchArguments } from './sbatch-arguments.js';
import { SlurmQueue } from './slurm-queue.js';

/** How to run jobs on Slurm; everything may be left out. */
export interface SlurmRunnerOptions {
  /** An ssh configuration instead of the user's own, for measurements. */
  sshConfig?: string | null;
  pollMs?: number;
}

/** Looks at an empty queue before jobs without a result count as failed: other machines' files may come into sight late. */
const patience = 3;

/**
 * The Slurm cluster that this machine submits to. The folder of the sweep and the kit must be where all nodes see them. Tasks of an array share the jobs
 * out; each job's file holds everything that it takes, and its result file alone says that it is done. An array that an earlier sitting submitted
 * and that still is in the queue is waited for, not submitted again. Measurements have nodes of their own, one for the receiver and one for each sender.
 */
export function slurmRunner({ sshConfig = null, pollMs = 2000 }: SlurmRunnerOptions = {}): JobRunner {
  return {
    describe(jobs, folder) {
      const array = arrayOf(jobs, folder, new SlurmQueue(nameOf(folder)).mostTasks());
      return [`would submit: sbatch ${sbatchArguments(array).join(' ')}`, `${jobs.length} jobs in ${array.tasks} tasks`];
    },
    async run(jobs, folder, { signal, onProgress }) {
      const queue = new SlurmQueue(nameOf(folder));
      const results = new ResultFiles(folder);
      const missingOf = (among: readonly PlannedJob[]) => {
        const done = results.ids();
        return among.filter(({ id }) => !done.has(id));
      };
      /** Waits until all jobs are done, or no task is left in the queue. */
      const settle = async (looks: number) => {
        for (let empty = 0; missingOf(jobs).length > 0; await sleep(pollMs, undefined, { ...(signal && { signal }) })) {
          const states = queue.states();
          empty = states.size ? 0 : empty + 1;
          if (empty === looks) break;
          onProgress([...states].map(([state, tasks]) => `${tasks} ${state.toLowerCase()}`).join(', '));
        }
        return missingOf(jobs);
      };
      try {
        signal?.throwIfAborted();
        const missing = await settle(1);
        if (missing.length === 0) return;
        const array = arrayOf(missing, folder, queue.mostTasks());
        queue.submit(array, {
          MPPS_SWEEP_NODE: process.execPath,
          MPPS_SWEEP_PROGRAM: fileURLToPath(new URL('./array-task.js', import.meta.url)),
          MPPS_SWEEP_FOLDER: folder,
          MPPS_SWEEP_JOBS: writeJobs(missing, folder),
          MPPS_SWEEP_SSH_CONFIG: sshConfig === null ? '' : path.resolve(sshConfig),
        });
        const failed = await settle(patience);
        if (failed.length)
          throw new HostError(
            `sweep: ${failed.length} of ${missing.length} jobs left no result on Slurm; ${path.join(folder, 'slurm/log')} says why, and the same command tries them again`,
          );
      } catch (error) {
        if (signal?.aborted) {
          queue.cancel();
          throw signal.reason;
        }
        throw error;
      }
    },
  };
}

/** The same for the same folder, so that a later sitting finds what an earlier one submitted. */
function nameOf(folder: string): string {
  return `mpps-sweep-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
}

function arrayOf(jobs: readonly PlannedJob[], folder: string, mostTasks: number): SlurmArray {
  const nodes = jobs.map(({ job }) => (job.answer !== 'measure' ? 0 : 'receiver' in job.on ? 1 + job.on.senders.length : null));
  const [exclusiveNodes = 0] = nodes;
  if (exclusiveNodes === null) throw new InputError('sweep: hosts must be given to measure on Slurm: interface and addresses of the nodes');
  return { name: nameOf(folder), folder, tasks: Math.min(jobs.length, mostTasks), exclusiveNodes };
}

/** Writes a file for each job, named by the SHA-256 of its text, and the list of them. @returns the list's path */
function writeJobs(jobs: readonly PlannedJob[], folder: string): string {
  for (const { id, job } of jobs) writeWhole(path.join(folder, 'slurm/jobs', `${id}.json`), canonicalJson(job));
  const text = jobs.map(({ id }) => `${id}\n`).join('');
  const file = path.join(folder, 'slurm', `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.txt`);
  writeWhole(file, text);
  return file;
}
