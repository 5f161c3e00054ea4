// Speed of prediction: the article's whole table, against the 5 ms that leave a slider room, and the same with the interval of every
// prediction, and with an explanation of one. Warm, one core.
import { articleTable, explain, predict } from '../dist/model/index.js';
import { article } from '../dist/records/article.js';

const tableMs = 5;
const rounds = 5;
const tablesInRound = 40;

const cases = {
  'the article table': () => articleTable(article),
  'its predictions with their intervals': () => Object.values(article.experiments).map((experiment) => predict(experiment, article.host)),
  'one explanation, many-queues-one-reader': () => explain(article.experiments['many-queues-one-reader'], article.host),
};

export default function bench() {
  const times = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
  for (let warmUp = 0; warmUp < tablesInRound; warmUp++) for (const run of Object.values(cases)) run();
  for (let round = 0; round < rounds; round++) for (const [name, run] of Object.entries(cases)) times[name].push(medianMs(run));
  return {
    name: `predict, ${tableMs} ms against each`,
    rounds,
    ratios: Object.fromEntries(
      Object.entries(times).map(([name, ms]) => [
        name,
        { median: tableMs / middle(ms), low: tableMs / Math.max(...ms), high: tableMs / Math.min(...ms) },
      ]),
    ),
    notes: Object.entries(times).map(([name, ms]) => `${name}: ${middle(ms).toFixed(2)} ms`),
  };
}

function medianMs(run) {
  const times = Array.from({ length: tablesInRound }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return middle(times);
}

function middle(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
