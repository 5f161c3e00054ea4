import path from 'node:path';
import { type Experiment, HostError, InputError, type Run } from '../../experiment/index.js';
import { calibrate, Lab, labObstacles, measure, saveHost } from '../../lab/index.js';
import { articleTable, plan } from '../../model/index.js';
import { article } from '../../records/article.js';
import { machineTable } from '../../records/machine-table.js';
import { packageRoot } from '../../records/package-root.js';
import { readRuns } from '../../records/read-runs.js';
import { writeReport } from '../../report/write-report.js';
import type { Call, Command } from '../command.js';
import { printArticle } from '../print-article.js';
import { printMachine } from '../print-machine.js';
import { statusLine } from '../status-line.js';

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
    const host = await calibrate(lab, {
      signal: call.signal,
      onProgress: ({ step, steps, text }) => status.update(`calibrating: ${step + 1} of ${steps} (${text})`),
    });
    status.clear();
    saveHost(host);
    say(
      `calibrated: ${Object.values(host.costs).filter(({ origin }) => origin === 'calibration').length} of ${Object.keys(host.costs).length} costs measured, the others are assumptions (mpps calibrate lists them)`,
    );

    const expressible: Experiment[] = [];
    for (const experiment of Object.values(article.experiments)) {
      try {
        plan(experiment, host);
        expressible.push(experiment);
      } catch (error) {
        if (!(error instanceof HostError)) throw error;
        say(`not on this machine: ${experiment.id}: ${error.message}`);
      }
    }
    // Round by round, so that a slow phase of the machine falls on every configuration alike.
    const jobs = Array.from({ length: rounds }, () => expressible).flat();
    const runs: Run[] = [];
    for (const [index, experiment] of jobs.entries()) {
      const laterS = jobs.slice(index + 1).reduce((sum, { warmUpS, durationS }) => sum + warmUpS + durationS + overheadS, 0);
      const run = await measure(experiment, {
        lab,
        host,
        signal: call.signal,
        onProgress: ({ step, elapsedS, totalS, deliveredPps }) =>
          status.update(
            `run ${index + 1} of ${jobs.length}: ${experiment.id}, ${step}, ${(deliveredPps / 1e6).toFixed(3)}M pps, ${Math.ceil(laterS + totalS - elapsedS)} s left`,
          ),
      });
      runs.push(run);
    }
    status.clear();
    const rows = machineTable(runs);
    say(
      `\n${printMachine(rows)}\n\nregistered before each run, on this machine’s own calibration; error = predicted / measured − 1, median of the runs.`,
    );
    for (const { id, deviations } of rows) for (const deviation of deviations) say(`${id}: ${deviation}`);
    const doubts = runs.flatMap(({ name, doubts: reasons }) => reasons.map((reason) => `${name}: ${reason}`));
    if (doubts.length) call.say(`runs to doubt:\n${doubts.join('\n')}`);
    return runs;
  } finally {
    lab.close();
  }
}
