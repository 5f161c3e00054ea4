import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { parseExperiment, parseSweep, type Run, readRuns } from '../../src/index.js';
import { labObstacles } from '../../src/lab/index.js';
import { registerPrediction } from '../../src/records/registration.js';
import { runName } from '../../src/records/run-name.js';
import { writeRun } from '../../src/records/write-run.js';
import { measureJob } from '../../src/sweep/measure-job.js';
import { planSweep } from '../../src/sweep/plan-sweep.js';
import type { MeasurementJob } from '../../src/sweep/sweep-job.js';
import { kill, SweepFolder } from './sweep-folder.js';

const recorded = readRuns(path.resolve(import.meta.dirname, '../../data/runs/two-cpu-vm')).runs.find(
  ({ experiment }) => experiment.id === 'half-load',
)!;
const { host } = recorded;
const what = parseSweep({ id: 's', base: 'pinned', vary: { 'receiver.batchPackets': [1, 8] }, answer: 'measure', repeats: 2 });
const jobs = planSweep(what, { base: parseExperiment({ id: 'base' }), host }).map(({ id, job }) => ({ id, job: job as MeasurementJob }));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-measure-job-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Machines whose runs take no time. */
const fake = {
  runs: 0,
  async measure(experiment: Run['experiment'], { folder: into = null, facts }: { folder?: string | null; facts?: Run['facts'] }): Promise<Run> {
    this.runs++;
    const name = runName(experiment.id);
    const { plan, prediction } = recorded;
    const predictionSha256 = registerPrediction(into, name, { experiment, host, plan, prediction });
    const run = { ...recorded, name, experiment, predictionSha256, facts: { ...recorded.facts, ...facts } };
    writeRun(into!, run);
    return run;
  },
};

it('answers with what was measured and predicted, and finds the run again that was recorded before a kill', async () => {
  fake.runs = 0;
  for (const { id, job } of jobs) {
    const result = await measureJob(job, { folder, hosts: fake });
    expect(result).toMatchObject({ job: id, outcome: recorded.outcome, predictedPps: recorded.prediction.deliveredPps, refused: null });
    // As if the process had died between the record and the result.
    expect(await measureJob(job, { folder, hosts: fake })).toEqual(result);
  }
  expect(fake.runs).toBe(jobs.length);
  expect(readdirSync(path.join(folder, 'runs'))).toHaveLength(jobs.length);
});

it('answers with the reason where this machine cannot express the experiment, and measures nothing', async () => {
  const job = { ...jobs[0]!.job, experiment: parseExperiment({ id: 'x', receiver: { placements: [{ cpu: 4095 }] } }) };
  expect(await measureJob(job, { folder, host })).toMatchObject({ outcome: null, refused: expect.stringMatching(/4095/) });
});

const obstacles = labObstacles();
it.skipIf(obstacles.length > 0)(
  'measures in this machine’s lab one run after another, killed in the middle and called again, and runs none twice',
  async () => {
    const sweeps = new SweepFolder();
    onTestFinished(() => sweeps.remove());
    const base = { sources: [{ offeredPps: 2000, batchPackets: 16 }], durationS: 0.3, warmUpS: 0.1 };
    const file = sweeps.plan('plan.json', { id: 'measured', base, vary: { 'receiver.batchPackets': [1, 64] }, answer: 'measure', repeats: 2 });
    await kill(await sweeps.start('out', 2, file));
    const before = sweeps.stamps('out');
    const { status, stdout, stderr } = sweeps.sweep('out', file, '--json');
    expect([status, stderr.includes('mpps:')]).toEqual([0, false]);
    expect(sweeps.stamps('out')).toMatchObject(before);
    const { rows } = JSON.parse(stdout) as { rows: { job: string; run: string; repeat: number; deliveredPps: number; predictedPps: number }[] };
    expect(rows.map(({ repeat }) => repeat)).toEqual([1, 2, 1, 2]);
    const { runs } = readRuns(path.join(sweeps.in('out'), 'runs'));
    expect(runs.map(({ facts }) => facts.sweepJob).sort()).toEqual(rows.map(({ job }) => job).sort());
    for (const { job, run, deliveredPps, predictedPps } of rows) {
      const record = runs.find(({ name }) => name === run);
      expect(record).toMatchObject({ facts: { sweepJob: job }, outcome: { deliveredPps }, prediction: { deliveredPps: predictedPps } });
    }
  },
  120_000,
);
