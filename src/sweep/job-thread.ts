// A thread that answers jobs of a sweep and writes their results into its folder.
import { workerData } from 'node:worker_threads';
import { answerTasks } from '../threads/index.js';
import { answerJob } from './answer-job.js';
import { canonicalJson } from './canonical-json.js';
import { ResultFiles } from './result-files.js';
import type { ModelJob, SimulationJob } from './sweep-job.js';

const results = new ResultFiles(workerData as string);
// The text is what names the job, wherever it is answered.
answerTasks((job: ModelJob | SimulationJob) => results.write(answerJob(JSON.parse(canonicalJson(job)) as ModelJob | SimulationJob)));
