// Speed of a simulation with its replications on as many worker threads as there are CPUs, the start of the threads included: against simulate() on
// this thread and against one worker, for the eight replications that `mpps simulate` runs, as long as it runs them and ten times as long. All must
// come to the same Outcome to the last digit, or the bench fails.
import os from 'node:os';
import { article, simulate, simulateOnThreads } from '../dist/index.js';
import { alternate } from './alternate.mjs';

const rounds = 5;
const workers = os.availableParallelism();
const lengths = { 'as by default': 0.2, 'ten times as long': 2 };
const experiment = article.experiments.pinned;

export default async function bench() {
  const contenders = {};
  const pairs = [];
  for (const [length, seconds] of Object.entries(lengths)) {
    const options = { seed: 1, seconds, replications: 8 };
    const expected = JSON.stringify(simulate(experiment, article.host, options));
    const timed = (answer) => async () => {
      const start = performance.now();
      const outcome = JSON.stringify(await answer());
      const ms = performance.now() - start;
      if (outcome !== expected) throw new Error(`bench: threads must come to the same Outcome, got ${outcome} and ${expected}`);
      return ms / 1000;
    };
    contenders[`ours, ${length}`] = timed(() => simulateOnThreads(experiment, article.host, { ...options, workers }));
    contenders[`this thread, ${length}`] = timed(() => simulate(experiment, article.host, options));
    contenders[`one worker, ${length}`] = timed(() => simulateOnThreads(experiment, article.host, { ...options, workers: 1 }));
    pairs.push(...['this thread', 'one worker'].map((name) => [`ours, ${length}`, `${name}, ${length}`]));
  }
  const { ratios, seconds } = await alternate(rounds, contenders, pairs);
  return {
    name: 'replications',
    rounds,
    ratios,
    notes: [
      `${workers} workers`,
      ...Object.keys(lengths).map((length) => `${length}: ${seconds[`this thread, ${length}`].toFixed(2)} s on this thread`),
    ],
  };
}
