import path from 'node:path';
import { packageRoot } from '../../records/package-root.js';
import { readRuns } from '../../records/read-runs.js';
import { writeReport } from '../../report/write-report.js';
import type { Command } from '../command.js';
import { outputFile, readableFolder } from '../folders.js';

export const report: Command = {
  usage: '',
  summary: 'one self-contained HTML page with every table and chart',
  help: 'mpps report --out report.html',
  flags: {
    out: { value: 'FILE', text: 'where the page goes (default report.html)' },
    folder: { value: 'FOLDER', text: 'where the records are (default data/runs)' },
  },
  positionals: [],
  async run({ flags, json, print, say }) {
    const recorded = readRuns(readableFolder(flags.folder));
    for (const problem of recorded.problems) say(`mpps: skipped: ${problem}`);
    const file = typeof flags.out === 'string' ? outputFile(flags.out) : path.join(packageRoot, 'report.html');
    writeReport(file, recorded);
    print(
      json
        ? JSON.stringify({ file, runs: recorded.runs.map(({ name }) => name), problems: recorded.problems, unfinished: recorded.unfinished })
        : `${recorded.runs.length} runs in ${path.relative(process.cwd(), file) || file}`,
    );
    return 0;
  },
};
