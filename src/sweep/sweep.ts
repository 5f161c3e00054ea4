import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Sweep } from '../experiment/index.js';
import { takeLock } from '../lab/index.js';
import { csv } from '../records/csv.js';
import { writeWhole } from '../records/write-whole.js';
import type { JobRunner } from './job-runner.js';
import { localRunner } from './local-runner.js';
import { planSweep, type SweepSetting } from './plan-sweep.js';
import { ResultFiles } from './result-files.js';
import { csvRows, type SweepTable, sweepTable } from './sweep-table.js';

/** How a sweep is coming on. */
export interface SweepProgress {
  done: number;
  jobs: number;
  /** From the pace of this sitting; null before its first result. */
  secondsLeft: number | null;
  /** What is going on, where the runner has more to say. */
  text: string;
}

/** How to carry out a sweep; all but the folder may be left out. */
export interface SweepOptions {
  /** Where results and tables go: a folder of its own, made when needed. */
  folder: string;
  /** This machine's pool of threads unless given. */
  runner?: JobRunner;
  onProgress?: (progress: SweepProgress) => void;
  signal?: AbortSignal | undefined;
}

const progressMs = 500;

/**
 * Carries out a sweep: answers the jobs that have no result file in the folder, then writes all results as `table.json` and `table.csv`. Jobs are named
 * by their content, so that a sweep can be killed anywhere and called again, and a plan that was changed keeps what it shares with the old one.
 *
 * @returns all results in the order of the plan
 * @throws {InputError} when a point of the matrix is no Experiment
 * @throws {HostError} when another process sweeps into the folder, or this machine cannot run the jobs
 * @throws {DOMException} named AbortError when the signal fires; what was finished is kept
 */
export async function sweep(what: Sweep, setting: SweepSetting, options: SweepOptions): Promise<SweepTable> {
  const { runner = localRunner({ host: setting.host }), onProgress = () => {}, signal } = options;
  const folder = path.resolve(options.folder);
  const jobs = planSweep(what, setting);
  const results = new ResultFiles(folder);
  // A path may be longer than the name of a socket.
  const lock = await takeLock({
    waitS: 0,
    name: `\0million-packets.sweep.${createHash('sha256').update(folder).digest('hex')}`,
    held: `sweep: another process sweeps into ${folder}; wait for it to end`,
  });
  const startMs = performance.now();
  const atStart = countDone();
  let text = '';
  const report = () => {
    const done = countDone();
    const paceMs = (performance.now() - startMs) / (done - atStart);
    onProgress({ done, jobs: jobs.length, secondsLeft: done > atStart ? ((jobs.length - done) * paceMs) / 1000 : null, text });
  };
  const timer = setInterval(report, progressMs);
  try {
    const missing = jobs.filter(({ id }) => !results.has(id));
    if (missing.length) {
      const tell = (news: string) => {
        text = news;
        report();
      };
      await runner.run(missing, folder, { signal, onProgress: tell });
    }
    results.removeTorn();
    const table = sweepTable(what, setting.base, jobs, (id) => results.read(id));
    writeWhole(path.join(folder, 'table.json'), `${JSON.stringify(table, null, 1)}\n`);
    writeWhole(path.join(folder, 'table.csv'), csv(csvRows(table)));
    return table;
  } finally {
    clearInterval(timer);
    await lock.release();
  }

  function countDone(): number {
    const ids = results.ids();
    return jobs.filter(({ id }) => ids.has(id)).length;
  }
}
