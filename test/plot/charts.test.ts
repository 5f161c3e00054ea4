import { expect, test } from 'vitest';
import {
  altText,
  answers,
  packetPath,
  ppsOverTime,
  predictedVersusMeasured,
  predictedVersusMeasuredScatter,
  predictionsBySet,
  publishedVersusPredicted,
  queueCpuHeatMap,
  rateCurves,
  rateHeatMap,
  residualWaterfall,
  whereThePacketsWent,
} from '../../src/plot/index.js';
import { requirePicture } from './require-picture.js';
import {
  answerRows,
  curves,
  lossRows,
  measuredRows,
  pathStages,
  publishedRows,
  queueLoads,
  rateCells,
  residual,
  setRuns,
  timeSeries,
} from './rows.js';

const hostile = `<script>alert("1")</script> & ']]>`;
const rename = <Row extends { title: string }>(rows: readonly Row[]) => rows.map((row) => ({ ...row, title: hostile }));

const charts = [
  {
    name: 'answers',
    draw: () => answers(answerRows, { guessPps: 700_000 }),
    hostile: () => answers(rename(answerRows), { guessPps: 700_000, heading: hostile }),
    texts: ['k packets per second', 'your guess', 'the article', '638', '609'],
  },
  {
    name: 'rate-curves',
    draw: () => rateCurves(curves, { heading: 'More senders', xLabel: 'senders', guess: { x: 2, pps: 700_000 } }),
    hostile: () =>
      rateCurves(
        curves.map((curve) => ({ ...curve, label: hostile })),
        { heading: hostile, xLabel: hostile },
      ),
    texts: ['More senders', 'senders', 'one address', 'k packets per second', 'your guess'],
  },
  {
    name: 'published-versus-predicted',
    draw: () => publishedVersusPredicted(publishedRows),
    hostile: () => publishedVersusPredicted(rename(publishedRows)),
    texts: ['k packets per second', 'published', 'predicted, held out', 'range printed', '367 k', '≤ 1,000 k', '−1.6 %'],
  },
  {
    name: 'predicted-versus-measured',
    draw: () => predictedVersusMeasured(measuredRows),
    hostile: () => predictedVersusMeasured(rename(measuredRows)),
    texts: ['k packets per second', 'prediction interval', 'median of runs', 'no run', '46.9 k'],
  },
  {
    name: 'predicted-versus-measured-scatter',
    draw: () => predictedVersusMeasuredScatter(measuredRows),
    hostile: () => predictedVersusMeasuredScatter(rename(measuredRows)),
    texts: ['predicted, k packets per second', 'measured, k packets per second', 'within 10 %', 'Two addresses'],
  },
  {
    name: 'predictions-by-set',
    draw: () => predictionsBySet(setRuns),
    hostile: () => predictionsBySet(setRuns.map((run) => ({ ...run, set: hostile }))),
    texts: ['predicted, k packets per second', 'measured over predicted', 'inside its 90 % interval', 'outside', 'mine', 'yours'],
  },
  {
    name: 'where-the-packets-went',
    draw: () => whereThePacketsWent(lossRows),
    hostile: () => whereThePacketsWent(rename(lossRows)),
    texts: ['share of packets offered, %', 'socket buffer full', 'RX ring full', 'unaccounted', '90 %', '<0.1 %', '−0.1 %'],
  },
  {
    name: 'where-the-packets-went-pps',
    draw: () => whereThePacketsWent(lossRows, { unit: 'pps' }),
    hostile: () => whereThePacketsWent(rename(lossRows), { unit: 'pps' }),
    texts: ['k packets per second offered', '731 k'],
  },
  {
    name: 'pps-over-time',
    draw: () => ppsOverTime(timeSeries),
    hostile: () => ppsOverTime(timeSeries.map((series) => ({ ...series, label: hostile }))),
    texts: ['time since start, s', 'k packets per second', 'measured window', 'Two threads on one socket'],
  },
  {
    name: 'residual-waterfall',
    draw: () => residualWaterfall(residual),
    hostile: () => residualWaterfall({ ...residual, experiment: hostile }),
    texts: ['predicted', 'measured', 'time of the reader', 'overflows at stalls', 'unexplained', '+51.0 k', '−40 %'],
  },
  {
    name: 'queue-cpu-heat-map',
    draw: () => queueCpuHeatMap(queueLoads, { heading: 'Three queues on two CPUs' }),
    hostile: () => queueCpuHeatMap(queueLoads, { heading: hostile }),
    texts: ['Three queues on two CPUs', 'queue 3', 'queue 5', '301', '340 k offered, 39.0 k lost', 'none lost', 'softirq', '66 %', 'any'],
  },
  {
    name: 'rate-heat-map',
    draw: () => rateHeatMap(rateCells, { heading: 'Load and buffer', columnLabel: 'offered', rowLabel: 'buffer' }),
    hostile: () =>
      rateHeatMap(
        rateCells.map((cell) => ({ ...cell, row: hostile })),
        { heading: hostile, columnLabel: hostile, rowLabel: hostile, what: hostile },
      ),
    texts: ['Load and buffer', 'offered', 'buffer', '8,192', '300,000', '298', '391', 'received, k packets per second', 'no figure'],
  },
  {
    name: 'packet-path',
    draw: () => packetPath(pathStages),
    hostile: () => packetPath(pathStages.map((stage) => ({ ...stage, name: hostile, counter: hostile }))),
    texts: ['RX ring', 'rx_nodesc_drop_cnt', '−443 k lost', 'can 14,881 k'],
  },
];

for (const chart of charts) {
  test(`${chart.name} looks as it did`, async () => {
    const svgText = chart.draw();
    requirePicture(svgText, chart.texts);
    expect(chart.draw()).toBe(svgText);
    await expect(svgText).toMatchFileSnapshot(`output/${chart.name}.svg`);
  });

  test(`${chart.name} writes hostile titles as text`, () => {
    const svgText = chart.hostile();
    requirePicture(svgText, []);
    expect(altText(svgText)).toContain(hostile);
  });
}

test('predicted-versus-measured-scatter draws doubtful runs hollow, and says so', () => {
  const doubtful = measuredRows.map((row) => ({ ...row, doubtful: row.measured.map(() => true) }));
  const rings = (svgText: string) => svgText.match(/<circle[^>]*fill="#ffffff"/g)?.length ?? 0;
  expect(rings(predictedVersusMeasuredScatter(measuredRows))).toBe(0);
  const hollow = predictedVersusMeasuredScatter(doubtful);
  expect(hollow).toContain('>doubtful<');
  expect(rings(hollow)).toBeGreaterThan(0);
});
