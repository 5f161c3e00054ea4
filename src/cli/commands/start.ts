import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Run } from '../../experiment/index.js';
import { isUntrustworthy, labObstacles, type MeasurePath, openStudyBench } from '../../lab/index.js';
import { articleTable } from '../../model/index.js';
import { article } from '../../records/article.js';
import { machineTable } from '../../records/machine-table.js';
import { packageRoot } from '../../records/package-root.js';
import { readRuns, runsFolder } from '../../records/read-runs.js';
import { readStudyPlan } from '../../records/study-plan.js';
import { utcTime } from '../../records/utc-time.js';
import { writeReport } from '../../report/write-report.js';
import type { Call, Command } from '../command.js';
import { exitCodes } from '../exit-code.js';
import { type FoundStudy, findStudy } from '../find-study.js';
import { pathFlag, pathOf } from '../path-flag.js';
import { printArticle } from '../print-article.js';
import { printMachine } from '../print-machine.js';
import { tellStudy } from '../tell-study.js';
import { wholeNumber } from '../whole-number.js';

/** The study of data/studies/ that `npm start` carries out. */
const studyId = 'start';
const reportFile = path.join(packageRoot, 'report.html');

export const start: Command = {
  usage: '',
  summary: 'the main job: predict the article, calibrate, register, measure, record, report',
  help: 'npm start -- --no-open\nnpm start calls this and then opens Jupyter. Everything measured is recorded in data/runs/.',
  needsLab: ({ path: receivePath }) => receivePath !== 'loopback',
  flags: { ...pathFlag, rounds: { value: 'N', text: 'how often each configuration is run (default 3)' } },
  positionals: [],
  async run(call) {
    const rounds = wholeNumber('rounds', call.flags.rounds ?? 3, 1, 1000);
    const receivePath = pathOf(call.flags.path, call.say);
    const say = call.json ? call.say : call.print;
    say(`${printArticle(articleTable(article))}\n`);
    const recorded = readRuns();
    for (const problem of recorded.problems) call.say(`skipped: ${problem}`);
    writeReport(reportFile, recorded);
    say(`first charts: ${reportFile}\n`);

    const runs: Run[] = [];
    const obstacles = receivePath === 'loopback' ? [] : labObstacles();
    for (const obstacle of obstacles) call.say(`not measured: ${obstacle}`);
    if (obstacles.length) call.say('Lessons replay the recorded runs of data/runs/.');
    try {
      if (!obstacles.length) {
        const { found, folder } = startStudy(rounds, receivePath);
        runs.push(...readRuns(folder).runs);
        const openBench = (signal: AbortSignal | undefined) => openStudyBench(signal, receivePath);
        await tellStudy(found, { folder, signal: call.signal, onRun: (run) => runs.push(run), openBench }, say);
      }
    } finally {
      // Interrupted or not: what was measured is shown.
      if (runs.length) tellMachine(runs, call, say);
      writeReport(reportFile, readRuns());
      if (!call.json) say(`report: ${reportFile}`);
    }
    if (call.json) call.print(JSON.stringify({ article: articleTable(article), machine: machineTable(runs), obstacles, report: reportFile }));
    return runs.length > 0 && runs.every(isUntrustworthy) ? exitCodes.notTrusted : exitCodes.done;
  },
};

/** Goes on with the newest study of this kind where it was interrupted, else begins another: every `npm start` measures anew. */
function startStudy(repeats: number, receivePath: MeasurePath): { found: FoundStudy; folder: string } {
  const { study, experiments } = findStudy([studyId]);
  const kind = receivePath === 'veth' ? studyId : `${studyId}-${receivePath}`;
  const earlier = existsSync(runsFolder)
    ? readdirSync(runsFolder)
        .filter((name) => name.startsWith(`${kind}-`) && /^\d/.test(name.slice(kind.length + 1)))
        .sort()
    : [];
  const last = earlier.at(-1);
  const isOpen = last !== undefined && readRuns(path.join(runsFolder, last)).runs.length < plannedRuns(path.join(runsFolder, last));
  const id = isOpen ? last : `${kind}-${utcTime()}`;
  return { found: { study: { ...study, id, repeats }, experiments }, folder: path.join(runsFolder, id) };
}

function plannedRuns(folder: string): number {
  return readStudyPlan(folder)?.blocks.reduce((sum, block) => sum + block.length, 0) ?? 0;
}

function tellMachine(runs: readonly Run[], call: Call, say: (text: string) => void): void {
  const rows = machineTable(runs);
  say(`\n${printMachine(rows)}\n`);
  say(
    `registered before each run, ${runs.some(({ host }) => host.receivePath === 'loopback') ? 'on assumed costs' : 'on this machine’s own calibration'}; error = predicted / measured − 1, median of the runs; doubts are listed below.`,
  );
  const deviations = new Map<string, string[]>();
  for (const { id, deviations: sentences } of rows)
    for (const sentence of sentences) deviations.set(sentence, [...(deviations.get(sentence) ?? []), id]);
  for (const [sentence, ids] of deviations) say(`${sentence} (${ids.join(', ')})`);
  const doubts = runs.flatMap(({ name, doubts: reasons }) => reasons.map((reason) => `${name}: ${reason}`));
  if (doubts.length) call.say(`runs to doubt:\n${doubts.join('\n')}`);
}
