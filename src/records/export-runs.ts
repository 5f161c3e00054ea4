import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Run } from '../experiment/index.js';
import { csv } from './csv.js';
import { packageRoot } from './package-root.js';
import { runTable } from './run-table.js';
import { writeWhole } from './write-whole.js';

/** How to export; everything may be left out. */
export interface ExportOptions {
  /** Folder that each run was read from. */
  sets?: ReadonlyMap<Run, string>;
  /** Keeps the names of hosts and folders and the addresses, which otherwise give way to numbers. */
  withNames?: boolean;
}

/**
 * Writes runs as data that others can use: `runs.csv`, one row a run; `run.schema.json`, the JSON Schema of a record; and `datapackage.json`, which
 * describes both (Frictionless Data Package 1, Tabular Data Resource). Records themselves are not copied: their registration is a hash of their
 * text, so that a name cannot be taken out of them.
 *
 * @returns the files written, seen from the folder
 * @throws {RangeError} when there are no runs
 */
export function exportRuns(folder: string, runs: readonly Run[], { sets = new Map(), withNames = false }: ExportOptions = {}): string[] {
  if (runs.length === 0) throw new RangeError('exportRuns: runs must hold at least one run, got none');
  const columns = Object.entries(runTable(sets, !withNames));
  const table = csv(runs.map((run) => Object.fromEntries(columns.map(([name, { value }]) => [name, value(run)]))));
  const schema = readFileSync(path.join(packageRoot, 'data/schema/run.schema.json'), 'utf8');
  const resource = (name: string, text: string) => ({
    path: name,
    bytes: Buffer.byteLength(text),
    hash: `sha256:${createHash('sha256').update(text).digest('hex')}`,
  });
  const description = {
    profile: 'data-package',
    name: 'million-packets-runs',
    title: 'Recorded runs of million-packets: UDP packets per second, predicted beforehand and measured',
    description: `${runs.length} runs. Rates are packets per second over the measured window; packets are counted from start to drain: offered = delivered + losses + unaccounted.${withNames ? '' : ' Names of hosts and folders, and addresses, were replaced by numbers.'}`,
    created: new Date().toISOString(),
    resources: [
      {
        name: 'runs',
        profile: 'tabular-data-resource',
        ...resource('runs.csv', table),
        format: 'csv',
        mediatype: 'text/csv',
        encoding: 'utf-8',
        dialect: { delimiter: ',', lineTerminator: '\r\n', header: true },
        schema: {
          fields: columns.map(([name, { type, description: text }]) => ({ name, type, description: text })),
          primaryKey: 'run',
          missingValues: [''],
        },
      },
      {
        name: 'run-schema',
        ...resource('run.schema.json', schema),
        title: 'JSON Schema of one record',
        format: 'json',
        mediatype: 'application/schema+json',
      },
    ],
  };
  writeWhole(path.join(folder, 'runs.csv'), table);
  writeWhole(path.join(folder, 'run.schema.json'), schema);
  writeWhole(path.join(folder, 'datapackage.json'), `${JSON.stringify(description, null, 1)}\n`);
  return ['runs.csv', 'run.schema.json', 'datapackage.json'];
}
