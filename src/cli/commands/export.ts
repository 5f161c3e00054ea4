import path from 'node:path';
import { InputError } from '../../experiment/index.js';
import { exportRuns } from '../../records/export-runs.js';
import { readRuns } from '../../records/read-runs.js';
import type { Command } from '../command.js';
import { readableFolder, writableFolder } from '../folders.js';

export const exportCommand: Command = {
  usage: '',
  summary: 'the runs as CSV with a datapackage.json, for other programs; names and addresses replaced by numbers',
  help: 'mpps export --out my-runs\nWrites runs.csv, run.schema.json and datapackage.json (Frictionless Data Package).',
  flags: {
    out: { value: 'FOLDER', text: 'where the files go (default mpps-export)' },
    folder: { value: 'FOLDER', text: 'where the records are (default data/runs)' },
    names: { value: true, text: 'keep the names of hosts and folders, and addresses' },
  },
  positionals: [],
  async run({ flags, json, print, say }) {
    const { runs, sets, problems } = readRuns(readableFolder(flags.folder));
    for (const problem of problems) say(`mpps: skipped: ${problem}`);
    if (runs.length === 0) throw new InputError('export: the folder must hold records, and holds none');
    const out = writableFolder(typeof flags.out === 'string' ? flags.out : 'mpps-export');
    const files = exportRuns(out, runs, { sets, withNames: flags.names === true });
    print(
      json
        ? JSON.stringify({ folder: out, files, runs: runs.length })
        : `${runs.length} runs: ${files.map((file) => path.join(path.relative(process.cwd(), out) || '.', file)).join(', ')}`,
    );
    return 0;
  },
};
