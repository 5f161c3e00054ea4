// How alike paced runs below the knee are: ten repeats of five seconds each, by turns, from a program and from the wire, with and without a software NIC.
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { parseExperiment } from '../dist/index.js';
import { softwareNicObstacle } from '../dist/lab/index.js';
import { repeatedRuns } from './repeats/repeated-runs.mjs';

const repeats = 10;
const durationS = 5;
const goal = 0.02;
const paced = (id, source) => parseExperiment({ id, sources: [source], durationS });

export default async function bench({ only }) {
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
  const runs = await repeatedRuns(asked, { repeats, only });
  return {
    name: 'paced',
    rounds: repeats,
    ratios: {},
    notes: [...runs.map(line), ...(obstacle === null ? [] : [`the wire is left out: ${obstacle}`])],
  };
}

function line(runs) {
  const delivered = runs.map(({ outcome }) => outcome.deliveredPps);
  const offered = runs.map(({ outcome }) => outcome.offeredPps);
  const variation = (rates) => percent(sampleStandardDeviation(rates) / mean(rates));
  const losses = runs.map(({ outcome }) => 1 - outcome.deliveredPackets / outcome.offeredPackets);
  const doubts = [...new Set(runs.flatMap((run) => run.doubts))];
  const doubtful = runs.filter((run) => run.doubts.length).length;
  const percent = (share, digits = 2) => `${(100 * share).toFixed(digits)} %`;
  return `${runs[0].experiment.id}: coefficient of variation of delivered packets per second ${variation(delivered)} (goal ${percent(goal, 0)}), of offered ones ${variation(offered)}; mean ${(mean(delivered) / 1000).toFixed(1)}k pps, lost ${percent(mean(losses))}, ${doubtful} of ${runs.length} runs with doubts${doubts.length ? ` (${doubts.join('; ')})` : ''}`;
}
