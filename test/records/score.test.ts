import { expect, it } from 'vitest';
import type { Run } from '../../src/index.js';
import { article, readRuns } from '../../src/index.js';
import { score } from '../../src/records/score.js';

const { runs } = readRuns('data/runs/two-cpu-vm');
const withRates = (predictedPps: number, measuredPps: number, changes: Partial<Run> = {}): Run => {
  const run = structuredClone(runs[0]!);
  run.prediction.deliveredPps = predictedPps;
  run.prediction.delivered = { low: predictedPps - 10, high: predictedPps + 10, level: 0.9, kind: 'prediction' };
  run.outcome.deliveredPps = measuredPps;
  return { ...run, ...changes };
};

it('scores runs by their own predictions and intervals', () => {
  const { registered } = score(article, [withRates(100, 100), withRates(110, 100), withRates(150, 100)], () => true);
  expect(registered).toEqual({
    count: 3,
    medianAbsError: expect.closeTo(0.1, 12),
    worstAbsError: expect.closeTo(0.5, 12),
    coverage90: 2 / 3,
    changed: 0,
  });
});

it('never scores calibration, nor a registration that was changed', () => {
  const { registered } = score(article, [withRates(1, 100, { purpose: 'calibration' }), withRates(1, 100), runs[0]!]);
  expect(registered).toMatchObject({ count: 1, changed: 1 });
});

it('says null where there is nothing to score', () => {
  expect(score(article, [], () => true).registered).toEqual({ count: 0, medianAbsError: null, worstAbsError: null, coverage90: null, changed: 0 });
});
