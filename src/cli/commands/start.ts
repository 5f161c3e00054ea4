import path from 'node:path';
import { type Experiment, type Host, HostError, InputError, type Run } from '../../experiment/index.js';
import { calibrate, Lab, labObstacles, measure, noReadings, saveHost } from '../../lab/index.js';
import { articleTable, plan } from '../../model/index.js';
import { article } from '../../records/article.js';
import { experiments } from '../../records/experiments.js';
import { machineTable } from '../../records/machine-table.js';
import { packageRoot } from '../../records/package-root.js';
import { readRuns } from '../../records/read-runs.js';
import { writeReport } from '../../report/write-report.js';
import type { Call, Command } from '../command.js';
import { printArticle } from '../print-article.js';
import { printMachine } from '../print-machine.js';
import { statusLine } from '../status-line.js';

/** Series of micro-experiments before the first round, and before each later one. */
const firstSeries = 5;
const laterSeries = 3;
/** Seconds that one series takes, about. */
const seriesS = 5;

/** Seconds around the traffic of one run: starting two processes, draining, writing. */
const overheadS = 1.2;

export const start: Command = {
  usage: '',
  summary: 'the main job: predict the article, calibrate, register, measure, record, report',
  help: 'npm start -- --no-open\nnpm start calls this and then opens Jupyter. Everything measured is recorded in data/runs/.',
  flags: { rounds: { value: 'N', text: 'how often each configuration is run (default 3)' } },
  positionals: [],
  async run(call) {
    const rounds = Number(call.flags.rounds ?? 3);
    if (!Number.isInteger(rounds) || rounds < 1) throw new InputError(`mpps start: --rounds must be a positive integer, got ${call.flags.rounds}`);
    const reportFile = path.join(packageRoot, 'report.html');
    const say = call.json ? call.say : call.print;

    say(`${printArticle(articleTable(article))}\n`);
    const recorded = readRuns();
    for (const problem of recorded.problems) call.say(`skipped: ${problem}`);
    writeReport(reportFile, recorded);
    say(`first charts: ${reportFile}\n`);

    const obstacles = labObstacles();
    const runs = obstacles.length ? [] : await measureAll(call, rounds, say);
    for (const obstacle of obstacles) call.say(`not measured: ${obstacle}`);
    if (obstacles.length) call.say('Lessons replay the recorded runs of data/runs/.');

    const all = readRuns();
    writeReport(reportFile, all);
    if (call.json) call.print(JSON.stringify({ article: articleTable(article), machine: machineTable(runs), obstacles, report: reportFile }));
    else say(`report: ${reportFile}`);
    return 0;
  },
};

async function measureAll(call: Call, rounds: number, say: (text: string) => void): Promise<Run[]> {
  const status = statusLine();
  const lab = Lab.open();
  try {
    for (const shortcoming of lab.shortcomings) call.say(shortcoming);
    const readings = noReadings();
    const calibrated = async (series: number) => {
      const host = await calibrate(lab, {
        rounds: series,
        readings,
        signal: call.signal,
        onProgress: ({ step, steps, text }) => status.update(`calibrating: ${step + 1} of ${steps} (${text})`),
      });
      status.clear();
      saveHost(host);
      return host;
    };
    let host = await calibrated(firstSeries);
    const measured = Object.values(host.costs).filter(({ origin }) => origin === 'calibration').length;
    say(`calibrated: ${measured} of ${Object.keys(host.costs).length} costs measured, the others are assumptions (mpps calibrate lists them)`);
    const jobs = expressible(host, say);
    const runs: Run[] = [];
    // Round by round, with fresh readings before each: a slow phase of the machine falls on every configuration alike, and the prediction hears of it.
    for (let round = 0; round < rounds; round++) {
      if (round > 0) host = await calibrated(laterSeries);
      for (const [index, experiment] of jobs.entries()) {
        const laterS = secondsOf(jobs.slice(index + 1)) + (rounds - 1 - round) * (secondsOf(jobs) + laterSeries * seriesS);
        const run = await measure(experiment, {
          lab,
          host,
          signal: call.signal,
          onProgress: ({ step, elapsedS, totalS, deliveredPps }) =>
            status.update(
              `run ${runs.length + 1} of ${rounds * jobs.length}: ${experiment.id}, ${step}, ${(deliveredPps / 1e6).toFixed(3)}M pps, ${Math.ceil(laterS + totalS - elapsedS)} s left`,
            ),
        });
        runs.push(run);
      }
    }
    status.clear();
    tellMachine(runs, call, say);
    return runs;
  } finally {
    lab.close();
  }
}

/** The experiments that this machine can express; the others are named with the reason. */
function expressible(host: Host, say: (text: string) => void): Experiment[] {
  return Object.values(experiments()).filter((experiment) => {
    try {
      plan(experiment, host);
      return true;
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      say(`not on this machine: ${experiment.id}: ${error.message}`);
      return false;
    }
  });
}

function secondsOf(jobs: readonly Experiment[]): number {
  return jobs.reduce((sum, { warmUpS, durationS }) => sum + warmUpS + durationS + overheadS, 0);
}

function tellMachine(runs: readonly Run[], call: Call, say: (text: string) => void): void {
  const rows = machineTable(runs);
  say(
    `\n${printMachine(rows)}\n\nregistered before each run, on this machine’s own calibration; error = predicted / measured − 1, median of the runs.`,
  );
  for (const { id, deviations } of rows) for (const deviation of deviations) say(`${id}: ${deviation}`);
  const doubts = runs.flatMap(({ name, doubts: reasons }) => reasons.map((reason) => `${name}: ${reason}`));
  if (doubts.length) call.say(`runs to doubt:\n${doubts.join('\n')}`);
}
