import { article } from '../../records/article.js';
import { readRuns } from '../../records/read-runs.js';
import { score as scoreAll } from '../../records/score.js';
import type { Command } from '../command.js';
import { readableFolder } from '../folders.js';
import { printScores } from '../print-scores.js';

export const score: Command = {
  usage: '',
  summary: 'how good the predictions were, kinds of evidence never mixed',
  help: `mpps score --folder data/runs/two-cpu-vm
Registered predictions, fitted figures and held-out figures, each by itself; registered ones also by load relative to the predicted knee, by stage,
by drop counter, by host and by folder. Calibration runs are never scored.`,
  flags: { folder: { value: 'FOLDER', text: 'where the records are (default data/runs)' } },
  positionals: [],
  async run({ flags, json, print, say }) {
    const { runs, sets, problems } = readRuns(readableFolder(flags.folder));
    for (const problem of problems) say(`mpps: skipped: ${problem}`);
    const scores = scoreAll(article, runs, { sets });
    print(json ? JSON.stringify(scores) : printScores(scores));
    return 0;
  },
};
