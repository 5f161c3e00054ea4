import os from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Host } from '../experiment/index.js';
import { TargetHosts } from '../targets/index.js';
import { canonicalJson } from './canonical-json.js';
import type { JobRunner } from './job-runner.js';
import { measureJob } from './measure-job.js';
import type { PlannedJob } from './planned-job.js';
import { ResultFiles } from './result-files.js';
import type { MeasurementJob } from './sweep-job.js';

/** How to run jobs here; everything may be left out. */
export interface LocalRunnerOptions {
  /** Threads that answer; as many as this process may use CPUs unless given. */
  workers?: number;
  /** This machine as it was last calibrated, for measurements in its lab. */
  host?: Host;
  /** An ssh configuration instead of the user's own, for measurements on target hosts. */
  sshConfig?: string | null;
}

/** This machine: predictions and simulations on a pool of threads, measurements one at a time. Results have the same bytes whatever the pool. */
export function localRunner({ workers = os.availableParallelism(), host, sshConfig = null }: LocalRunnerOptions = {}): JobRunner {
  return {
    describe: () => [],
    async run(jobs, folder, { signal, onProgress }) {
      const measurements = jobs.filter(({ job }) => job.answer === 'measure');
      await answerAll(
        jobs.filter(({ job }) => job.answer !== 'measure'),
        folder,
        workers,
        signal,
      );
      const results = new ResultFiles(folder);
      for (const { job } of measurements as { job: MeasurementJob }[]) {
        const where = 'receiver' in job.on ? { hosts: new TargetHosts(job.on, sshConfig) } : { ...(host && { host }) };
        results.write(await measureJob(job, { folder, ...where, onProgress, signal }));
      }
    },
  };
}

async function answerAll(jobs: readonly PlannedJob[], folder: string, workers: number, signal: AbortSignal | undefined): Promise<void> {
  const waiting = [...jobs].reverse();
  const pool = Array.from(
    { length: Math.min(workers, jobs.length) },
    () => new Worker(new URL('./pool-worker.js', import.meta.url), { workerData: folder }),
  );
  const stop = () => void Promise.all(pool.map((worker) => worker.terminate()));
  signal?.addEventListener('abort', stop, { once: true });
  try {
    signal?.throwIfAborted();
    await Promise.all(
      pool.map(
        (worker) =>
          new Promise<void>((resolve, reject) => {
            worker.on('error', reject).on('exit', () => (signal?.aborted ? reject(signal.reason) : resolve()));
            worker.on('message', () => {
              const next = waiting.pop();
              worker.postMessage(next ? canonicalJson(next.job) : null);
            });
          }),
      ),
    );
  } finally {
    signal?.removeEventListener('abort', stop);
    await Promise.all(pool.map((worker) => worker.terminate()));
  }
}
