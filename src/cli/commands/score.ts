import { tableText } from '../../notebook/table-text.js';
import { formatPercent } from '../../plot/index.js';
import { article } from '../../records/article.js';
import { readRuns } from '../../records/read-runs.js';
import { score as scoreAll } from '../../records/score.js';
import type { Command } from '../command.js';
import { readableFolder } from '../folders.js';

const names = { registered: 'registered before a run', fitted: 'article, seen by the fit', heldOut: 'article, not seen by the fit' } as const;

export const score: Command = {
  usage: '',
  summary: 'how good the predictions were, kinds of evidence never mixed',
  help: 'mpps score --folder data/runs/two-cpu-vm\nRegistered predictions, fitted figures and held-out figures, each by itself. Calibration runs are never scored.',
  flags: { folder: { value: 'FOLDER', text: 'where the records are (default data/runs)' } },
  positionals: [],
  async run({ flags, json, print, say }) {
    const { runs, problems } = readRuns(readableFolder(flags.folder));
    for (const problem of problems) say(`mpps: skipped: ${problem}`);
    const scores = scoreAll(article, runs);
    const { coverage90, changed } = scores.registered;
    if (json) print(JSON.stringify(scores));
    else {
      const percent = (ratio: number | null) => (ratio === null ? '–' : formatPercent(ratio));
      const rows = (['registered', 'fitted', 'heldOut'] as const).map((kind) => ({ kind: names[kind], ...scores[kind] }));
      const table = tableText(rows, [
        { label: 'evidence', value: 'kind' },
        { label: 'figures', value: 'count' },
        { label: 'median |error|', value: ({ medianAbsError }) => percent(medianAbsError) },
        { label: 'worst |error|', value: ({ worstAbsError }) => percent(worstAbsError) },
      ]);
      print(
        `${table}\n\n${percent(coverage90)} of the runs lie inside their registered 90 % interval.${changed ? ` ${changed} runs were left out: their registration was changed.` : ''}`,
      );
    }
    return 0;
  },
};
