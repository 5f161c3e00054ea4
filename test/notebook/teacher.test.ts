import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { collectAnswers } from '../../src/notebook/collect-answers.js';
import type { Notebook } from '../../src/notebook/read-notebook.js';
import { studentCopy } from '../../src/notebook/student-copy.js';

const root = mkdtempSync(path.join(os.tmpdir(), 'mpps-class-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let student: string;
beforeEach(() => {
  student = path.join(mkdtempSync(path.join(root, 'class-')), 'anna');
});
const lesson = '02-more-packets.ipynb';
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Notebook;

it('a student copy has the lessons and the glossary, no solution and no output', () => {
  const names = studentCopy(student);
  expect(names).toEqual(expect.arrayContaining(['00-start-here.ipynb', lesson, 'glossary.ipynb']));
  for (const name of names) {
    const text = readFileSync(path.join(student, name), 'utf8');
    expect(text).not.toContain('](solutions/');
    for (const { cell_type, outputs } of read(path.join(student, name)).cells) if (cell_type === 'code') expect(outputs).toEqual([]);
  }
});

it("never overwrites a student's work", () => {
  studentCopy(student);
  expect(() => studentCopy(student)).toThrow(`lessons: DIR must hold no notebooks yet, got ${student}`);
});

it('collects nothing but untouched guesses and exercises from a fresh copy', () => {
  studentCopy(student);
  const collected = collectAnswers(student);
  expect(collected.map(({ file }) => file)).toContain(lesson);
  for (const { guesses, exercises } of collected) {
    for (const { isUntouched } of guesses) expect(isUntouched).toBe(true);
    for (const { state } of exercises) expect(state).toBe('untouched');
  }
});

it('collects what a student wrote, and what the last run of a cell said', () => {
  studentCopy(student);
  const file = path.join(student, lesson);
  const notebook = read(file);
  const edit = (id: string, source: string, text: string | null) => {
    const cell = notebook.cells.find((one) => one.id === id);
    if (!cell) throw new Error(`no cell ${id}`);
    Object.assign(cell, { source, outputs: text === null ? [] : [{ output_type: 'stream', name: 'stdout', text: [text] }] });
  };
  edit('guess', 'const myGuess = guess(123_456); // mine', 'Your guess');
  edit('exercise-fill', 'const fullAfterMs = 2.2;', '✓ time until the ring is full\n');
  edit('exercise-softirq', 'const softirqNs = 1;', '✗ not yet\n');
  edit('exercise-counter', "const counter = 'NoPorts';", null);
  writeFileSync(file, JSON.stringify(notebook));
  const [collected] = collectAnswers(path.dirname(student)).filter((one) => one.file.endsWith(lesson));
  expect(collected?.file).toBe(path.join('anna', lesson));
  expect(collected?.guesses).toEqual([{ cell: 'guess', guess: 123_456, isUntouched: false }]);
  expect(collected?.exercises.map(({ cell, state }) => [cell, state])).toEqual([
    ['exercise-fill', 'solved'],
    ['exercise-softirq', 'not yet'],
    ['exercise-counter', 'not run'],
  ]);
});

it('refuses a folder without notebooks, and a file that is none, in one line', () => {
  expect(() => collectAnswers(student)).toThrow(`lessons: DIR must be a folder with notebooks, got ${student}`);
  mkdirSync(student, { recursive: true });
  writeFileSync(path.join(student, 'a.ipynb'), '{}');
  expect(() => collectAnswers(student)).toThrow(/^a\.ipynb: file must be a Jupyter notebook, got .* \(it has no cells\)$/);
});
