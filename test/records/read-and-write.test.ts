import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError, readRun, readRuns } from '../../src/index.js';
import { runName } from '../../src/records/run-name.js';
import { writeRun } from '../../src/records/write-run.js';
import { writeWhole } from '../../src/records/write-whole.js';

const [recorded] = readRuns(path.resolve(import.meta.dirname, '../../data/runs/two-cpu-vm')).runs;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-records-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writeRun', () => {
  it('writes what readRun reads back, and never replaces a record', () => {
    const file = writeRun(folder, recorded!);
    expect(readRun(file)).toEqual(recorded);
    expect(() => writeRun(folder, recorded!)).toThrow(/name must be new/);
    expect(readdirSync(folder)).toEqual([`${recorded!.name}.json`]);
  });

  it('refuses an impossible run and writes nothing', () => {
    expect(() => writeRun(folder, { ...recorded!, window: { first: 3, last: 2 } })).toThrow(InputError);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('readRuns', () => {
  it('skips what is broken with one line each, reads the rest, also in folders, and names what never ended', () => {
    mkdirSync(path.join(folder, 'colleague'));
    writeRun(path.join(folder, 'colleague'), recorded!);
    const whole = JSON.stringify(recorded);
    writeFileSync(path.join(folder, 'torn.json'), whole.slice(0, whole.length / 2));
    writeFileSync(path.join(folder, 'future.json'), JSON.stringify({ ...recorded, schema: 'million-packets/run/99' }));
    writeFileSync(path.join(folder, 'extra.json'), JSON.stringify({ ...recorded, mood: 'good' }));
    writeFileSync(path.join(folder, 'better.json'), JSON.stringify({ ...recorded, outcome: { ...recorded!.outcome, deliveredPps: 2e6 } }));
    writeFileSync(path.join(folder, 'half-load-x.pending.json'), '{}');
    const { runs, problems, unfinished } = readRuns(folder);
    expect(runs).toEqual([recorded]);
    expect(unfinished).toEqual(['half-load-x']);
    expect(problems.sort()).toEqual([
      expect.stringMatching(/^better\.json: outcome must follow from the raw samples, and does not/),
      expect.stringMatching(/^extra\.json: mood is not a known field/),
      expect.stringMatching(/^future\.json: schema must be "million-packets\/run\/1", got "million-packets\/run\/99"$/),
      expect.stringMatching(/^torn\.json: file must be whole JSON/),
    ]);
    expect(problems.every((problem) => !problem.includes('\n'))).toBe(true);
  });

  it('takes a missing folder for an empty one', () => expect(readRuns(path.join(folder, 'none')).runs).toEqual([]));
});

describe('writeWhole', () => {
  it('replaces a file as a whole and leaves no temporary file', () => {
    const file = path.join(folder, 'a.txt');
    writeWhole(file, 'one');
    writeWhole(file, 'two');
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  it('leaves nothing behind when it cannot write', () => {
    mkdirSync(path.join(folder, 'a.txt'));
    expect(() => writeWhole(path.join(folder, 'a.txt'), 'text')).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });
});

it('runName is a file name that sorts by time and repeats for nobody', () => {
  const at = new Date('2026-11-23T15:49:41.123Z');
  expect(runName('pinned', at)).toMatch(/^pinned-20261123t154941z-[0-9a-f]{4}$/);
  expect(new Set(Array.from({ length: 50 }, () => runName('pinned', at))).size).toBeGreaterThan(40);
});
