import { expect, it } from 'vitest';
import type { Run } from '../../src/index.js';
import { article, readRuns } from '../../src/index.js';
import { speedRatio } from '../../src/model/index.js';
import { loadBand } from '../../src/records/load-band.js';
import { score } from '../../src/records/score.js';
import { wilsonInterval } from '../../src/records/wilson-interval.js';

const { runs } = readRuns('data/runs/two-cpu-vm');
const unchanged = { isUnchanged: () => true };
const withRates = (predictedPps: number, measuredPps: number, changes: Partial<Run> = {}): Run => {
  const run = structuredClone(runs[0]!);
  run.prediction.deliveredPps = predictedPps;
  run.prediction.delivered = { low: predictedPps - 10, high: predictedPps + 10, level: 0.9, kind: 'prediction' };
  run.outcome.deliveredPps = measuredPps;
  return { ...run, ...changes };
};

it('scores runs by their own predictions and intervals', () => {
  const { registered } = score(article, [withRates(100, 100), withRates(110, 100), withRates(150, 100)], unchanged);
  expect(registered).toMatchObject({
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
  expect(score(article, [], unchanged).registered).toMatchObject({
    count: 0,
    medianAbsError: null,
    worstAbsError: null,
    coverage90: null,
    changed: 0,
  });
});

it('puts paced runs into bands by the predicted knee, floods by themselves, and every run into one band, host and set', () => {
  const { sets, runs: all } = readRuns('data/runs');
  const { registered } = score(article, all, { sets });
  const sum = (groups: Record<string, { count: number }>) => Object.values(groups).reduce((total, { count }) => total + count, 0);
  for (const groups of [registered.bands, registered.hosts, registered.sets]) expect(sum(groups)).toBe(registered.count);
  for (const stage of Object.values(registered.stages)) expect(stage.count).toBe(registered.count);
  const bandOf = (id: string) => loadBand(runs.find(({ experiment }) => experiment.id === id)!);
  expect(['half-load', 'real-application', 'pinned', 'place-same-cpu'].map(bandOf)).toEqual(['below', 'above', 'flood', 'above']);
});

it('gives coverage an interval of its own, narrower for more runs', () => {
  const few = score(article, [withRates(100, 100), withRates(100, 105), withRates(100, 150)], unchanged).registered.coverageInterval!;
  expect(few.low).toBeLessThan(2 / 3);
  expect(few.high).toBeGreaterThan(2 / 3);
  expect(wilsonInterval(9, 10)).toMatchObject({ low: expect.closeTo(0.5958, 4), high: expect.closeTo(0.9821, 4) });
  const { low, high } = wilsonInterval(200, 300);
  expect(high - low).toBeLessThan((few.high - few.low) / 3);
});

it('counts a loss as rightly placed only where the prediction loses most there', () => {
  const run = structuredClone(runs.find(({ experiment }) => experiment.id === 'real-application')!);
  const place = (lossesPps: Run['prediction']['lossesPps']) =>
    score(article, [{ ...run, prediction: { ...run.prediction, lossesPps } }], unchanged).registered.lossPlace;
  expect(place({ socketBuffer: 5, backlog: 1 })).toEqual({ count: 1, right: 1 });
  expect(place({ socketBuffer: 1, backlog: 5 })).toEqual({ count: 1, right: 0 });
  expect(place({ socketBuffer: 0, backlog: 0 })).toEqual({ count: 1, right: 0 });
});

it('says what scaling by the speed of the CPUs would do, from runs that have it', () => {
  expect(score(article, runs).registered.speedAdjusted.count).toBe(0);
  const slow = structuredClone(runs.find(({ experiment }) => experiment.id === 'pinned')!);
  slow.host.cpuSpeeds = [0, 1].map((cpu) => ({ cpu, aluNs: 0.3 }));
  slow.cpuSpeeds = { before: [0, 1].map((cpu) => ({ cpu, aluNs: 0.36 })), after: [0, 1].map((cpu) => ({ cpu, aluNs: 0.36 })) };
  slow.outcome.deliveredPps = slow.prediction.deliveredPps / 1.2;
  expect(speedRatio(slow)).toBeCloseTo(1.2, 12);
  const { count, medianAbsError, adjustedMedianAbsError } = score(article, [slow], unchanged).registered.speedAdjusted;
  expect([count, medianAbsError]).toEqual([1, expect.closeTo(0.2, 9)]);
  expect(adjustedMedianAbsError).toBeLessThan(0.01);
});

it('sees whether runs follow the probed speed of the CPUs: all of the scaling, or none', () => {
  const pinned = runs.find(({ experiment }) => experiment.id === 'pinned')!;
  const followedBy = (deliveredPps: (ratio: number) => number) => {
    const probed = [1, 1.1, 1.2, 1.3].map((ratio) => {
      const run = structuredClone(pinned);
      run.host.cpuSpeeds = [0, 1].map((cpu) => ({ cpu, aluNs: 1 }));
      run.cpuSpeeds = { before: [0, 1].map((cpu) => ({ cpu, aluNs: ratio })), after: [] };
      run.outcome.deliveredPps = deliveredPps(ratio);
      return run;
    });
    return score(article, probed, unchanged).registered.speedAdjusted.followed!;
  };
  const { deliveredPps } = pinned.prediction;
  expect(followedBy((ratio) => deliveredPps / ratio).value).toBeCloseTo(1, 2);
  expect(followedBy(() => deliveredPps).value).toBeCloseTo(0, 9);
});
