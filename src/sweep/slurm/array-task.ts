// What a task of an array runs on its node: its share of the jobs, one after another. A job that fails is said in one line, and the others go on.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { HostError } from '../../experiment/index.js';
import { runCommand } from '../../host/index.js';
import { forEachHost, prepareHost, TargetHosts } from '../../targets/index.js';
import { answerJob } from '../answer-job.js';
import type { JobResult } from '../job-result.js';
import { measureJob } from '../measure-job.js';
import { ResultFiles } from '../result-files.js';
import type { MeasurementJob, SweepJob } from '../sweep-job.js';
import { onNodes } from './on-nodes.js';
import type { TaskEnvironment } from './task-environment.js';

const environment = process.env as unknown as TaskEnvironment & Record<string, string>;
const { MPPS_SWEEP_FOLDER: folder, MPPS_SWEEP_JOBS: list, MPPS_SWEEP_SSH_CONFIG: sshConfig } = environment;
const results = new ResultFiles(folder);

const ids = readFileSync(list, 'utf8').split('\n').filter(Boolean);
const tasks = Number(environment.SLURM_ARRAY_TASK_COUNT);
for (let index = Number(environment.SLURM_ARRAY_TASK_ID); index < ids.length; index += tasks) {
  const id = ids[index] ?? '';
  // Slurm runs a task again after its node failed.
  if (results.has(id)) continue;
  try {
    results.write(await answer(readJob(id)));
  } catch (error) {
    process.stdout.write(`${id}: ${(error as Error).message.split('\n')[0]}\n`);
    process.exitCode = 1;
  }
}

function readJob(id: string): SweepJob {
  const text = readFileSync(path.join(folder, 'slurm/jobs', `${id}.json`), 'utf8');
  if (createHash('sha256').update(text).digest('hex') !== id) throw new HostError('sweep: the job file must be as it was written, and was changed');
  return JSON.parse(text) as SweepJob;
}

async function answer(job: SweepJob): Promise<JobResult> {
  return job.answer === 'measure' ? measureHere(job) : answerJob(job);
}

/** Brings the kit to the nodes that this task has to itself, and measures on them. */
async function measureHere(job: MeasurementJob): Promise<JobResult> {
  if (!('receiver' in job.on)) throw new HostError('sweep: a measurement on Slurm must name hosts');
  const nodes = runCommand(['scontrol', 'show', 'hostnames', environment.SLURM_JOB_NODELIST ?? '']);
  const target = new TargetHosts(onNodes(job.on, nodes.split('\n').filter(Boolean)), sshConfig || null);
  const prepare = async (connection: Parameters<typeof prepareHost>[0]) => ({ lines: [await prepareHost(connection)], isGood: true });
  const reports = await forEachHost(target.hosts, prepare, () => {}, { sshConfig: target.sshConfig });
  const unfit = reports.find(({ isGood }) => !isGood);
  if (unfit) throw new HostError(unfit.lines.join('; '));
  return measureJob(job, { folder, hosts: target });
}
