import path from 'node:path';
import { type Host, HostError, type Run } from '../experiment/index.js';
import { type MeasuringHosts, measure } from '../lab/index.js';
import { plan } from '../model/index.js';
import { readRuns } from '../records/read-runs.js';
import { jobId } from './job-id.js';
import type { JobResult } from './job-result.js';
import type { MeasurementJob } from './sweep-job.js';

/** What a measurement needs beside its job. */
export interface MeasureJobOptions {
  /** Folder of the sweep; records go to `runs/` in it. */
  folder: string;
  /** This machine, which predictions are registered for. */
  host?: Host;
  /** Machines to measure on instead. */
  hosts?: MeasuringHosts;
  onProgress?: (text: string) => void;
  signal?: AbortSignal | undefined;
}

/**
 * Measures: a registered run like any other, alone on its machine. A run that was recorded before somebody killed the sweep is found, not repeated.
 *
 * @throws {HostError} when the machine cannot run the lab; that it cannot express the experiment is an answer
 */
export async function measureJob(job: MeasurementJob, { folder, host, hosts, onProgress = () => {}, signal }: MeasureJobOptions): Promise<JobResult> {
  const id = jobId(job);
  const result = { schema: 'million-packets/sweep-result/1', job: id } as const;
  const runs = path.join(folder, 'runs');
  const refused = host && whyNot(job, host);
  if (refused) return { ...result, outcome: null, refused };
  const { name, outcome, prediction } =
    recordedRun(runs, id) ??
    (await measure(job.experiment, {
      ...(host && { host }),
      ...(hosts && { hosts }),
      ...(signal && { signal }),
      folder: runs,
      facts: { sweepJob: id },
      onProgress: ({ step, deliveredPps }) => onProgress(`${job.experiment.id}, ${step}, ${(deliveredPps / 1e6).toFixed(3)}M pps`),
    }));
  return { ...result, outcome, refused: null, run: name, predictedPps: prediction.deliveredPps };
}

function whyNot({ experiment }: MeasurementJob, host: Host): string | null {
  try {
    plan(experiment, host);
    return null;
  } catch (error) {
    if (error instanceof HostError) return error.message;
    throw error;
  }
}

function recordedRun(folder: string, id: string): Run | undefined {
  return readRuns(folder).runs.find(({ facts }) => facts.sweepJob === id);
}
