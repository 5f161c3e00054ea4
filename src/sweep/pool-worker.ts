// A thread of the local pool: takes the text of one job after another, writes its result, and asks for the next.
import { parentPort, workerData } from 'node:worker_threads';
import { answerJob } from './answer-job.js';
import { ResultFiles } from './result-files.js';
import type { ModelJob, SimulationJob } from './sweep-job.js';

const results = new ResultFiles(workerData as string);
const askForNext = () => parentPort?.postMessage(null);

parentPort?.on('message', (text: string | null) => {
  if (text === null) return parentPort?.close();
  results.write(answerJob(JSON.parse(text) as ModelJob | SimulationJob));
  askForNext();
});
askForNext();
