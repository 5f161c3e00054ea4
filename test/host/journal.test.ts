import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isAlive, Journal, processOwner, undoChange } from '../../src/host/index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const change = { kind: 'namespace', name: 'mpps-test-never-made' } as const;

it('is on disk before the change is made, and gone when it is undone', () => {
  const journal = Journal.open(folder, 'one');
  journal.willChange(change);
  expect(Journal.all(folder).map(({ changes }) => changes)).toEqual([[change]]);
  journal.undo();
  journal.undo();
  expect(readdirSync(folder)).toEqual([]);
});

it('is no leftover while its process lives, nor when it is kept', () => {
  const journal = Journal.open(folder, 'one');
  journal.willChange(change);
  expect(Journal.all(folder).map(({ isLeftover, isKept }) => [isLeftover, isKept])).toEqual([[false, false]]);
  journal.keep();
  expect(Journal.all(folder).map(({ isLeftover, isKept }) => [isLeftover, isKept])).toEqual([[false, true]]);
});

it('is a leftover of a process that has ended, even when another has its number', () => {
  writeFileSync(path.join(folder, 'dead.json'), JSON.stringify({ owner: { pid: process.pid, startTicks: 1 }, changes: [change] }));
  expect(Journal.all(folder).map(({ isLeftover }) => isLeftover)).toEqual([true]);
});

it('leaves alone what is not a journal', () => {
  writeFileSync(path.join(folder, 'torn.json'), '{"owner":');
  writeFileSync(path.join(folder, 'other.json'), '{}');
  writeFileSync(path.join(folder, 'ownerless.json'), '{"changes":[]}');
  writeFileSync(
    path.join(folder, 'foreign.json'),
    JSON.stringify({ owner: { pid: 1, startTicks: 1 }, changes: [{ kind: 'namespace', name: 'production' }] }),
  );
  expect(Journal.all(folder)).toEqual([]);
});

it('knows a living process from one that has ended', async () => {
  const child = spawn('sleep', ['60']);
  const owner = processOwner(child.pid);
  expect(owner && isAlive(owner)).toBe(true);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  expect(owner && isAlive(owner)).toBe(false);
});

it('never touches a namespace that is not the kit’s', () => {
  expect(() => undoChange({ kind: 'namespace', name: 'production' })).toThrow(/must begin with mpps-/);
  expect(() => undoChange({ kind: 'namespace', name: 'mpps-../../etc' })).toThrow(RangeError);
});
