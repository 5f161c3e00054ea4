import os from 'node:os';
import type { Host } from '../experiment/index.js';
import { TargetHosts } from '../targets/index.js';
import { onThreads } from '../threads/index.js';
import type { JobRunner } from './job-runner.js';
import { measureJob } from './measure-job.js';
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
      const answers = jobs.filter(({ job }) => job.answer !== 'measure').map(({ job }) => job);
      await onThreads(new URL('./job-thread.js', import.meta.url), answers, { workers, data: folder, signal });
      const results = new ResultFiles(folder);
      for (const { job } of measurements as { job: MeasurementJob }[]) {
        const where = 'receiver' in job.on ? { hosts: new TargetHosts(job.on, sshConfig) } : { ...(host && { host }) };
        results.write(await measureJob(job, { folder, ...where, onProgress, signal }));
      }
    },
  };
}
