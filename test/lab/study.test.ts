import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Experiment, parseExperiment, parseStudy, readHost, readRuns, type Stability, type Study } from '../../src/index.js';
import { stabilityOf } from '../../src/lab/check-stability.js';
import { labObstacles, type StudyBench, study } from '../../src/lab/index.js';
import { openStudyBench } from '../../src/lab/study-bench.js';
import { randomNumbers } from '../../src/model/predict/random-numbers.js';
import { registerPrediction } from '../../src/records/registration.js';
import { runName } from '../../src/records/run-name.js';
import { readStudyPlan } from '../../src/records/study-plan.js';
import { writeRun } from '../../src/records/write-run.js';

const committed = readRuns(path.resolve(import.meta.dirname, '../../data/runs/two-cpu-vm')).runs;
const recorded = committed.find(({ experiment }) => experiment.id === 'half-load')!;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-study-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const calm: Stability = { pairs: 4, noiseFloor: 0.01, stealShare: 0, otherCpuShare: 0, reasons: [] };
const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const experiments = ids.map((id) => parseExperiment({ id }));
const planned = (changes: Partial<Study> = {}): Study => ({ ...parseStudy({ id: 'fake', experiments: ids, repeats: 4, seed: 7 }), ...changes });

/** A machine whose runs take no time; `seen` keeps what was asked of it, in order. */
function fakeBench({ stability = calm, takesMs = 0 }: { stability?: Stability; takesMs?: number } = {}): { bench: StudyBench; seen: string[] } {
  const seen: string[] = [];
  const bench: StudyBench = {
    host: async () => recorded.host,
    checkStability: async () => {
      seen.push('stability');
      return stability;
    },
    calibrate: async () => {
      seen.push('calibrate');
      return recorded.host;
    },
    calibrationS: () => 0,
    async measure(experiment, { host = recorded.host, folder: into = null, facts }) {
      seen.push(experiment.id);
      const name = runName(experiment.id);
      const predictionSha256 = registerPrediction(into, name, { experiment, host, plan: recorded.plan, prediction: recorded.prediction });
      await new Promise((resolve) => setTimeout(resolve, takesMs));
      const run = {
        ...recorded,
        name,
        experiment,
        host,
        predictionSha256,
        recordedAt: new Date().toISOString(),
        facts: { ...recorded.facts, ...facts },
      };
      writeRun(into!, run);
      return run;
    },
    close: () => seen.push('close'),
  };
  return { bench, seen };
}

const sitting = (what: Study, fake: { bench: StudyBench }, of: Experiment[] = experiments) =>
  study(what, of, { folder, openBench: () => fake.bench });

describe('a study', () => {
  it('looks at the machine first, calibrates before each block, and runs each experiment once a block in an order that the seed decides', async () => {
    const fake = fakeBench();
    const { missingRuns, ended, runs, plan } = await sitting(planned(), fake);
    expect([missingRuns, ended, runs.length]).toEqual([0, 'complete', 24]);
    expect(fake.seen).toEqual(['stability', ...plan.blocks.flatMap((block) => ['calibrate', ...block]), 'close']);
    for (const block of plan.blocks) expect([...block].sort()).toEqual(ids);
    expect(new Set(plan.blocks.map(String)).size).toBeGreaterThan(1);
    const again = fakeBench();
    rmSync(folder, { recursive: true });
    expect((await sitting(planned(), again)).plan.blocks).toEqual(plan.blocks);
    rmSync(folder, { recursive: true });
    expect((await sitting(planned({ seed: 8 }), fakeBench())).plan.blocks).not.toEqual(plan.blocks);
  });

  it('makes nothing twice: called again it makes nothing, with more repeats only the new ones, and the plan keeps its beginning', async () => {
    const first = await sitting(planned(), fakeBench());
    const idle = fakeBench();
    expect((await sitting(planned(), idle)).runs).toHaveLength(24);
    expect(idle.seen).toEqual(['close']);
    const more = fakeBench();
    const { plan } = await sitting(planned({ repeats: 5 }), more);
    expect(plan.blocks.slice(0, 4)).toEqual(first.plan.blocks);
    expect(more.seen).toEqual(['stability', 'calibrate', ...plan.blocks[4]!, 'close']);
    expect(readStudyPlan(folder)?.sittings).toHaveLength(2);
  });

  it('makes again what was deleted, and counts no run of another host or experiment', async () => {
    const { runs } = await sitting(planned({ repeats: 1 }), fakeBench());
    rmSync(path.join(folder, `${runs[2]!.name}.json`));
    writeRun(folder, { ...runs[2]!, name: 'elsewhere', host: { ...recorded.host, name: 'another machine' } });
    writeRun(folder, { ...runs[2]!, name: 'changed', experiment: { ...runs[2]!.experiment, payloadBytes: 64 } });
    const fake = fakeBench();
    await sitting(planned({ repeats: 1 }), fake);
    expect(fake.seen).toEqual(['stability', 'calibrate', runs[2]!.experiment.id, 'close']);
  });

  it('refuses a folder that holds another study, with what to do', async () => {
    await sitting(planned({ repeats: 1 }), fakeBench());
    await expect(sitting(planned({ repeats: 1, seed: 8 }), fakeBench())).rejects.toThrow(/holds another; choose another --name/);
    await expect(sitting(planned({ repeats: 1 }), fakeBench(), experiments.slice(1))).rejects.toThrow(/another/);
  });

  it('stops running an experiment when its interval is narrow enough', async () => {
    // Every run of the fake delivers the same, so three runs are enough for any precision.
    const { runs, precise, missingRuns, ended } = await sitting(planned({ precision: 0.01, repeats: 10 }), fakeBench());
    expect([runs.length, precise.sort(), missingRuns, ended]).toEqual([3 * ids.length, ids, 0, 'complete']);
  });

  it('ends when the minutes are up and says how much is missing; the next sitting goes on', async () => {
    const { ended, missingRuns, runs } = await sitting(planned({ minutes: 6 / 60 }), fakeBench({ takesMs: 200 }));
    expect(ended).toBe('time');
    expect(runs.length).toBeGreaterThan(0);
    expect(runs.length + missingRuns).toBe(24);
    expect((await sitting(planned(), fakeBench())).runs).toHaveLength(24);
  });

  it('refuses an unstable machine before anything is calibrated, only warns where it shall, and does not look where it shall not', async () => {
    const unstable = { ...calm, reasons: ['two runs differ'] };
    const refused = fakeBench({ stability: unstable });
    await expect(sitting(planned({ gate: 'refuse' }), refused)).rejects.toMatchObject({
      code: 'ESTABILITY',
      message: expect.stringContaining('two runs differ'),
    });
    expect(refused.seen).toEqual(['stability', 'close']);
    expect((await sitting(planned({ repeats: 1 }), fakeBench({ stability: unstable }))).runs).toHaveLength(6);
    const blind = fakeBench({ stability: unstable });
    await sitting(planned({ repeats: 2, gate: 'off' }), blind);
    expect(blind.seen).not.toContain('stability');
    expect(readRuns(folder).runs[0]!.facts).toMatchObject({ study: 'fake', studyBlock: 0, noiseFloor: 0.01 });
  });

  it('leaves out what this machine cannot express, with the reason', async () => {
    const refusals: string[] = [];
    const far = parseExperiment({ id: 'far', receiver: { placements: [{ cpu: 4095 }] } });
    const { plan } = await study(planned({ repeats: 1 }), [...experiments, far], {
      folder,
      openBench: () => fakeBench().bench,
      onRefused: ({ id }, reason) => refusals.push(`${id}: ${reason}`),
    });
    expect(plan.experiments.map(({ id }) => id)).toEqual(ids);
    expect(refusals).toEqual([expect.stringMatching(/^far: .*4095/)]);
  });
});

describe('stabilityOf', () => {
  it('takes the median difference of neighbours, whichever is larger', () => {
    expect(stabilityOf([100, 110, 110, 100, 100, 100], 0, 0)).toMatchObject({ pairs: 3, noiseFloor: expect.closeTo(0.1, 12), reasons: [] });
  });

  it('names each reason', () => {
    expect(stabilityOf([100, 150], 0.05, 0.5).reasons).toHaveLength(3);
    expect(stabilityOf([100, 0], 0, 0).reasons).toHaveLength(1);
  });
});

it('a study that is killed anywhere, again and again, loses no finished run and makes none twice', { timeout: 120_000 }, async () => {
  const repeats = 10;
  const random = randomNumbers(3);
  const finished = new Map<string, string>();
  let kills = 0;
  for (let ended = false; !ended; ) {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'study-child.mjs'), folder, String(repeats)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const afterRuns = 1 + Math.floor(random() * 8);
    const afterMs = random() * 20;
    let measured = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      measured += text.split('measuring').length - 1;
      ended ||= text.includes('complete 0');
      if (measured >= afterRuns) setTimeout(() => child.kill('SIGKILL'), afterMs);
    });
    const [, signal] = await new Promise<[number | null, string | null]>((resolve) => child.once('exit', (code, by) => resolve([code, by])));
    if (signal) kills++;
    else expect(ended).toBe(true);
    const { runs, problems } = readRuns(folder);
    expect(problems).toEqual([]);
    for (const [name, text] of finished) expect(readFileSync(path.join(folder, `${name}.json`), 'utf8')).toBe(text);
    for (const { name } of runs) finished.set(name, readFileSync(path.join(folder, `${name}.json`), 'utf8'));
  }
  expect(kills).toBeGreaterThan(3);
  const made = readRuns(folder).runs.map(({ experiment }) => experiment.id);
  for (const id of ['a', 'b', 'c', 'd']) expect(made.filter((other) => other === id)).toHaveLength(repeats);
  expect(readdirSync(folder).filter((name) => name.endsWith('.json') && !name.endsWith('.pending.json'))).toHaveLength(4 * repeats + 1);
});

const obstacles = labObstacles();
describe.skipIf(obstacles.length)(`on this machine${obstacles.length ? ` (skipped: ${obstacles.join('; ')})` : ''}`, () => {
  it('makes real runs with the bench that the command uses', { timeout: 300_000 }, async () => {
    const short = parseExperiment({ id: 'short', sources: [{ offeredPps: 5000, batchPackets: 4 }], durationS: 0.3, warmUpS: 0.1 });
    // A calibration takes half a minute; the runs are real.
    const openBench = (signal: AbortSignal | undefined): StudyBench => ({ ...openStudyBench(signal), calibrate: () => readHost() });
    const { runs, plan } = await study(parseStudy({ id: 'real', experiments: ['short'], repeats: 2, gate: 'off' }), [short], { folder, openBench });
    expect(runs).toHaveLength(2);
    expect(plan.blocks).toEqual([['short'], ['short']]);
    for (const run of runs) {
      expect(run.outcome.unaccountedPackets).toBe(0);
      expect(run.cpuSpeeds?.before.length).toBeGreaterThan(0);
      for (const { aluNs } of [...run.cpuSpeeds!.before, ...run.cpuSpeeds!.after]) expect(aluNs).toBeGreaterThan(0);
    }
    expect((await study(parseStudy({ id: 'real', experiments: ['short'], repeats: 2, gate: 'off' }), [short], { folder, openBench })).runs).toEqual(
      readRuns(folder).runs,
    );
  });
});
