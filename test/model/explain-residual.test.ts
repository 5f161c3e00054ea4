import { describe, expect, it } from 'vitest';
import { explainResidual, predict, type Run, readRuns } from '../../src/index.js';
import { factorFor } from '../../src/model/residual/factor-for.js';

const { runs } = readRuns('data/runs');
/** Counters as plain veth leaves them; behind a software NIC a queue's thread has clocks of its own. */
const onVeth = readRuns('data/runs/two-cpu-vm').runs;
const one = (id: string) => structuredClone(onVeth.filter(({ experiment }) => experiment.id === id).at(-1)!);
const causeOf = (run: Run, name: string) => explainResidual(run).causes.find(({ cause }) => cause === name)!.pps;
const largest = (run: Run) => [...explainResidual(run).causes].sort((a, b) => Math.abs(b.pps) - Math.abs(a.pps))[0]!.cause;

/** A run that went exactly as this version of the model says, in every counter that it leaves. */
function perfect(id: string): Run {
  const run = one(id);
  run.prediction = predict(run.experiment, run.host);
  const { offeredPps, deliveredPps, lossesPps, queues, sockets, cpus } = run.prediction;
  Object.assign(run.outcome, { offeredPps, deliveredPps, lossesPps, queues, sockets, cpus });
  const [first, last] = [run.samples[run.window.first]!, run.samples[run.window.last]!];
  const seconds = (last.tNs - first.tNs) / 1e9;
  const readers = cpus.filter(({ cpu }) => run.plan.readerCpus.includes(cpu)).reduce((sum, { system, user }) => sum + system + user, 0);
  for (const [index, thread] of last.receivers.entries()) {
    const before = first.receivers[index]!;
    thread.packets = before.packets + (deliveredPps * seconds) / last.receivers.length;
    thread.cpuNs = before.cpuNs + (readers * seconds * 1e9) / last.receivers.length;
  }
  return run;
}

describe('explainResidual', () => {
  it.each(runs.map((run) => [run.name, run] as const))('%s: prediction and causes sum to what was measured, and the rest is small', (_, run) => {
    const { predictedPps, measuredPps, causes, sentence } = explainResidual(run);
    const sum = causes.reduce((total, { pps }) => total + pps, predictedPps);
    expect(Math.abs(sum - measuredPps)).toBeLessThan(1e-6 * measuredPps);
    expect(new Set(causes.map(({ cause }) => cause)).size).toBe(causes.length);
    expect(sentence).not.toMatch(/NaN|undefined|Infinity/);
    // What the account of the window does not close by is what lay in queues: nothing else may hide in the rest.
    const { offeredPps, deliveredPps, lossesPps } = run.outcome;
    const open = offeredPps! - deliveredPps - Object.values(lossesPps).reduce((total, pps) => total + pps, 0);
    const rest = causes.find(({ cause }) => cause === 'unexplained')!.pps;
    // Behind a software NIC what a wire offers jumps with its price where threads take turns on its CPU, and cannot be met exactly.
    const reach = run.plan.receivePath === 'software-nic' ? 2e-2 : 1e-3;
    if (Math.abs(causeOf(run, 'source')) > 1) expect(Math.abs(rest + open)).toBeLessThan(reach * offeredPps!);
  });

  it('finds no cause where everything went as the model says', () => {
    for (const id of ['pinned', 'half-load', 'real-application', 'two-ips']) {
      const run = perfect(id);
      for (const { cause, pps } of explainResidual(run).causes)
        expect([id, cause, Math.abs(pps) < 1e-4 * run.outcome.deliveredPps]).toEqual([id, cause, true]);
      expect(explainResidual(run).sentence).toMatch(/too little/);
    }
  });

  it('blames the one thing that was changed', () => {
    const slowSource = perfect('pinned');
    slowSource.outcome.offeredPps! *= 0.8;
    slowSource.outcome.deliveredPps *= 0.8;
    expect(largest(slowSource)).toBe('source');

    const stalled = perfect('half-load');
    stalled.outcome.deliveredPps -= 8000;
    stalled.outcome.lossesPps.socketBuffer = (stalled.outcome.lossesPps.socketBuffer ?? 0) + 8000;
    expect(causeOf(stalled, 'socketBuffer')).toBeCloseTo(-8000, 0);
    expect(explainResidual(stalled).sentence).toMatch(/sockets overflowed while their reader stalled/);

    const ring = perfect('half-load');
    ring.outcome.deliveredPps -= 5000;
    ring.outcome.lossesPps.backlog = 5000;
    expect(causeOf(ring, 'ring')).toBeCloseTo(-5000, 0);

    const lost = perfect('half-load');
    lost.outcome.deliveredPps -= 9000;
    expect(largest(lost)).toBe('unexplained');

    const slowReader = perfect('real-application');
    const [first, last] = [slowReader.samples[slowReader.window.first]!, slowReader.samples[slowReader.window.last]!];
    const less = 0.8 * slowReader.outcome.deliveredPps;
    slowReader.outcome.lossesPps.socketBuffer = slowReader.outcome.offeredPps! - less;
    slowReader.outcome.deliveredPps = less;
    last.receivers[0]!.packets = first.receivers[0]!.packets + 0.8 * (last.receivers[0]!.packets - first.receivers[0]!.packets);
    expect(largest(slowReader)).toBe('reader');
  });

  it('takes the speed of the CPUs out first where it was probed', () => {
    const run = perfect('pinned');
    run.host.cpuSpeeds = run.plan.sourceCpus.concat(run.plan.readerCpus).map((cpu) => ({ cpu: cpu!, aluNs: 0.3 }));
    const slow = run.host.cpuSpeeds.map(({ cpu }) => ({ cpu, aluNs: 0.375 }));
    run.cpuSpeeds = { before: slow, after: slow };
    const { causes, predictedPps } = explainResidual(run);
    expect(causes.find(({ cause }) => cause === 'speed')!.pps / predictedPps).toBeCloseTo(1 / 1.25 - 1, 2);
  });

  it('says that the model has changed where it has', () => {
    const run = perfect('pinned');
    run.prediction.deliveredPps *= 1.1;
    expect(largest(run)).toBe('model');
  });
});

it('factorFor finds the factor, and ends at the nearer end where the target is out of reach', () => {
  expect(factorFor((factor) => 3 * factor, 12)).toBeCloseTo(4, 6);
  expect(factorFor((factor) => factor, 1e6)).toBeCloseTo(64, 3);
  expect(factorFor((factor) => factor, 0)).toBeCloseTo(1 / 64, 6);
});
