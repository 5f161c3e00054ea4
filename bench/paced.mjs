// How alike paced runs below the knee are: ten repeats of five seconds each, by turns, from a program and from the wire, with and without a software NIC.
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { parseExperiment } from '../dist/index.js';
import { softwareNicObstacle } from '../dist/lab/index.js';
import { repeatedRuns } from './repeats/repeated-runs.mjs';

const repeats = 10;
const durationS = 5;
const goal = 0.02;
const paced = (id, source) => parseExperiment({ id, sources: [source], durationS });

export default async function bench() {
  const obstacle = softwareNicObstacle();
  const asked = [
    { experiment: paced('program-100k', { offeredPps: 100_000, batchPackets: 16 }) },
    ...(obstacle === null
      ? [
          { experiment: paced('wire-200k', { kind: 'wire', offeredPps: 200_000 }) },
          { experiment: paced('wire-200k-software-nic', { offeredPps: 200_000 }), path: 'software-nic' },
        ]
      : []),
  ];
  const runs = await repeatedRuns(asked, repeats);
  return {
    name: 'paced',
    rounds: repeats,
    ratios: {},
    notes: [...runs.map(line), ...(obstacle === null ? [] : [`the wire is left out: ${obstacle}`])],
  };
}

function line(runs) {
  const rates = runs.map(({ outcome }) => outcome.deliveredPps);
  const losses = runs.map(({ outcome }) => 1 - outcome.deliveredPackets / outcome.offeredPackets);
  const doubtful = runs.filter(({ doubts }) => doubts.length).length;
  const percent = (share, digits = 2) => `${(100 * share).toFixed(digits)} %`;
  return `${runs[0].experiment.id}: coefficient of variation of delivered packets per second ${percent(sampleStandardDeviation(rates) / mean(rates))} (goal ${percent(goal, 0)}), mean ${(mean(rates) / 1000).toFixed(1)}k pps, lost ${percent(mean(losses))}, ${doubtful} of ${runs.length} runs with doubts`;
}
