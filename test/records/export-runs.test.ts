import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRuns } from '../../src/index.js';
import { exportRuns } from '../../src/records/export-runs.js';

const { runs, sets } = readRuns(path.resolve(import.meta.dirname, '../../data/runs'));
const [first] = runs;
const foreign = {
  ...first!,
  name: 'alices-laptop',
  host: { ...first!.host, name: 'alice.example.org' },
  experiment: { ...first!.experiment, sources: first!.experiment.sources.map((source) => ({ ...source, destinations: ['10.11.12.13'] })) },
};
const folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Fields of RFC 4180 text, line by line. */
function parsed(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    lines.at(-1)!.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') lines.push([]);
    if (end === '') break;
  }
  return lines.filter((line) => line.length > 1);
}

/** What Table Schema 1 asks of a value's text, by the type of its field and the format "default". */
const lexical: Record<string, RegExp> = {
  string: /^/,
  number: /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/,
  integer: /^[+-]?\d+$/,
  boolean: /^(true|True|TRUE|1|false|False|FALSE|0)$/,
  datetime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
};

interface Resource {
  name: string;
  path: string;
  profile: string;
  dialect: { delimiter: string; lineTerminator: string };
  schema: { fields: { name: string; type: string }[]; primaryKey: string; missingValues: string[] };
}

describe('exported runs', () => {
  let description: { profile: string; name: string; resources: Resource[] };
  let text: string;
  beforeAll(() => {
    exportRuns(folder, [...runs, foreign], { sets });
    description = JSON.parse(readFileSync(path.join(folder, 'datapackage.json'), 'utf8'));
    text = readFileSync(path.join(folder, 'runs.csv'), 'utf8');
  });

  it('are a Data Package 1: names, profiles, paths inside the folder, one resource for each file', () => {
    expect(description.profile).toBe('data-package');
    for (const { name, path: file } of [description, ...description.resources] as { name: string; path?: string }[]) {
      expect(name).toMatch(/^[-a-z0-9._/]+$/);
      if (file !== undefined) expect(file).toMatch(/^(?![./])(?!.*\.\.)[^:\\]+$/);
    }
    expect(new Set(description.resources.map(({ name }) => name)).size).toBe(description.resources.length);
  });

  it('are a Tabular Data Resource: fields named once as in the heading, every value in its field’s form, a primary key that is one', () => {
    const { schema, profile, dialect } = description.resources[0]!;
    expect([profile, dialect.delimiter, dialect.lineTerminator]).toEqual(['tabular-data-resource', ',', '\r\n']);
    const [heading = [], ...rows] = parsed(text);
    const { fields } = schema;
    expect(fields.map(({ name }) => name)).toEqual(heading);
    expect(new Set(heading).size).toBe(heading.length);
    expect(rows).toHaveLength(runs.length + 1);
    for (const row of rows) {
      expect(row).toHaveLength(fields.length);
      for (const [index, { name, type }] of fields.entries())
        if (!schema.missingValues.includes(row[index] ?? '')) expect(row[index], name).toMatch(lexical[type]!);
    }
    const keys = rows.map((row) => row[heading.indexOf(schema.primaryKey)]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('carry a JSON Schema that every record fits, and that a broken one does not', () => {
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(
      JSON.parse(readFileSync(path.join(folder, 'run.schema.json'), 'utf8')),
    );
    for (const run of runs) expect(validate(JSON.parse(JSON.stringify(run))), run.name).toBe(true);
    expect(validate({ ...JSON.parse(JSON.stringify(first)), outcome: undefined })).toBe(false);
  });

  it('tell nothing of whose they are: neither host nor address nor the name that a colleague gave to a record; all of it when asked', () => {
    expect(text).not.toMatch(/alice|10\.11\.12\.13|192\.168|AMD/);
    const own = path.join(folder, 'own');
    exportRuns(own, [...runs, foreign], { sets, withNames: true });
    expect(readFileSync(path.join(own, 'runs.csv'), 'utf8')).toMatch(/alices-laptop.*alice\.example\.org.*10\.11\.12\.13/s);
  });
});
