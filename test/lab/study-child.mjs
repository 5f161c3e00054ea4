// A sitting of a study on a machine that is not real, to be killed: node study-child.mjs FOLDER REPEATS
import path from 'node:path';
import { parseExperiment, parseStudy, readRun } from '../../dist/index.js';
import { study } from '../../dist/lab/study.js';
import { registerPrediction } from '../../dist/records/registration.js';
import { runName } from '../../dist/records/run-name.js';
import { writeRun } from '../../dist/records/write-run.js';

const [folder, repeats] = process.argv.slice(2);
const recorded = readRun(path.resolve(import.meta.dirname, '../../data/runs/two-cpu-vm/half-load-20261123t170502z-5b69.json'));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const bench = {
  host: async () => recorded.host,
  checkStability: async () => ({ pairs: 1, noiseFloor: 0, stealShare: 0, otherCpuShare: 0, reasons: [] }),
  calibrate: async () => recorded.host,
  calibrationS: () => 0,
  async measure(experiment, { host, folder, facts }) {
    const name = runName(experiment.id);
    const { plan, prediction } = recorded;
    process.stdout.write('measuring\n');
    const predictionSha256 = registerPrediction(folder, name, { experiment, host, plan, prediction });
    await pause(15);
    const run = {
      ...recorded,
      name,
      experiment,
      host,
      predictionSha256,
      recordedAt: new Date().toISOString(),
      facts: { ...recorded.facts, ...facts },
    };
    writeRun(folder, run);
    await pause(5);
    return run;
  },
  close() {},
};
const experiments = ['a', 'b', 'c', 'd'].map((id) => parseExperiment({ id }));
const what = parseStudy({ id: 'killed', experiments: ['a', 'b', 'c', 'd'], repeats: Number(repeats), seed: 7 });
const { missingRuns, ended } = await study(what, experiments, { folder, openBench: () => bench });
process.stdout.write(`${ended} ${missingRuns}\n`);
