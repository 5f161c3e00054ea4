import { expect, test } from 'vitest';
import {
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
  whereThePacketsWent,
} from '../../src/plot/index.js';
import { answerRows, lossRows, measuredRows, pathStages, publishedRows } from './rows.js';

const [published] = publishedRows;
const [measured] = measuredRows;
const [losses] = lossRows;
const [stage] = pathStages;
if (!published || !measured || !losses || !stage) throw new Error('rows.ts is empty');

test.each([
  ['a guess below 0', () => answers(answerRows, { guessPps: -1 }), 'answers: guessPps must be finite and at least 0, got -1'],
  [
    'a curve without points',
    () => rateCurves([{ label: 'none', points: [] }], { heading: '', xLabel: '' }),
    'rateCurves: rows must hold at least one row, got 0',
  ],
  [
    'a cell of less than nothing',
    () => rateHeatMap([{ column: 'a', row: 'b', pps: -1 }], { heading: '', columnLabel: '', rowLabel: '' }),
    'rateHeatMap: cells[0].pps must be finite and at least 0, got -1',
  ],
  ['no rows', () => publishedVersusPredicted([]), 'publishedVersusPredicted: rows must hold at least one row, got 0'],
  ['one id twice', () => publishedVersusPredicted([published, published]), 'publishedVersusPredicted: rows[1].id must be unique, got "naive" again'],
  [
    'a rate that is no number',
    () => predictedVersusMeasured([{ ...measured, measured: [1, Number.NaN] }]),
    'predictedVersusMeasured: rows[0].measured[1] must be finite and at least 0, got NaN',
  ],
  [
    'a scatter without runs',
    () => predictedVersusMeasuredScatter([{ ...measured, measured: [] }]),
    'predictedVersusMeasuredScatter: rows must hold at least one measured run above 0, got none',
  ],
  [
    'sets without a rate above 0',
    () => predictionsBySet([{ set: 'mine', predictedPps: 1, measuredPps: 0, isInside: false }]),
    'predictionsBySet: runs must hold one that is above 0 and predicted so, got none',
  ],
  [
    'a negative loss',
    () => whereThePacketsWent([{ ...losses, losses: { nicRing: -1 } }]),
    'whereThePacketsWent: rows[0].losses.nicRing must be finite and at least 0, got -1',
  ],
  [
    'a run of no packets',
    () => whereThePacketsWent([{ ...losses, delivered: 0, losses: {}, unaccounted: 0 }]),
    'whereThePacketsWent: rows[0] must hold packets, got 0',
  ],
  [
    'a window that ends before it starts',
    () => ppsOverTime([{ label: 'run', points: [{ tS: 1, sentPps: 1, deliveredPps: 1, lostPps: 0 }], window: { fromS: 2, toS: 1 } }]),
    'ppsOverTime: series[0].window.toS must be above fromS, got 1',
  ],
  ['no queues', () => queueCpuHeatMap({ queues: [], cpus: [] }, { heading: '' }), 'queueCpuHeatMap: rows must hold at least one row, got 0'],
  [
    'an infinite capacity',
    () => packetPath([{ ...stage, capacityPps: Number.POSITIVE_INFINITY }]),
    'packetPath: stages[0].capacityPps must be finite and at least 0, got Infinity',
  ],
])('refuses %s', (_what, draw, message) => {
  expect(draw).toThrow(new RangeError(message));
});

test('refuses rows of the wrong type', () => {
  expect(() => publishedVersusPredicted(null as never)).toThrow(new TypeError('publishedVersusPredicted: rows must be an array, got object'));
});
