import { type Experiment, type Host, HostError, type Outcome } from '../experiment/index.js';
import { predict, simulate } from '../model/index.js';
import { jobId } from './job-id.js';
import type { JobResult } from './job-result.js';
import { modelVersion } from './model-version.js';
import type { ModelJob, SimulationJob } from './sweep-job.js';

/**
 * Predicts or simulates. That a host cannot express an experiment, or that it is too large to simulate, is an answer too.
 *
 * @throws {HostError} when the job asks another model than this kit's
 */
export function answerJob(job: ModelJob | SimulationJob): JobResult {
  if (job.model !== modelVersion()) throw new HostError(`sweep: this kit's model must be ${job.model}, which the job asks, and is ${modelVersion()}`);
  const result = { schema: 'million-packets/sweep-result/1', job: jobId(job) } as const;
  try {
    return { ...result, outcome: outcomeOf(job), refused: null };
  } catch (error) {
    if (!(error instanceof HostError || error instanceof RangeError)) throw error;
    return { ...result, outcome: null, refused: error.message };
  }
}

function outcomeOf(job: ModelJob | SimulationJob): Outcome {
  const { experiment, host }: { experiment: Experiment; host: Host } = job;
  if (job.answer === 'predict') return predict(experiment, host);
  const { seed, seconds, replications } = job;
  return simulate(experiment, host, { seed, seconds, replications });
}
