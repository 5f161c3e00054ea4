import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-lessons-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Cell {
  cell_type: string;
  source: string[];
  metadata: { tags?: string[] };
  outputs?: { output_type: string; text?: string[] }[];
}
const lessons = readdirSync(path.join(root, 'notebooks'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ipynb') && !name.includes('.ipynb_checkpoints'))
  .sort();
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as { cells: Cell[] };

describe.each(lessons)('%s', (name) => {
  const file = path.join(root, 'notebooks', name);
  const cells = read(file).cells;

  it('runs from top to bottom, and its committed outputs are current', async () => {
    const out = path.join(folder, name.replaceAll(path.sep, '-'));
    await promisify(execFile)(process.execPath, [path.join(root, 'scripts/run-notebook.cjs'), file, '--write', out], { cwd: root });
    expect(read(out)).toEqual(read(file));
  });

  it('keeps its cells short, and answers no exercise', () => {
    for (const { cell_type, source } of cells) if (cell_type === 'code') expect(source.length, source.join('')).toBeLessThanOrEqual(15);
    for (const { metadata, outputs } of cells) {
      if (!metadata.tags?.includes('raises-exception')) continue;
      expect(outputs?.flatMap(({ text }) => text ?? []).join('')).toMatch(/not yet: .*\n\s*Hint: /);
    }
  });
});

const courses = lessons.filter((name) => /^\d/.test(name) && !name.startsWith('00'));

it.each(courses)('%s asks, lets guess, claims and checks', (name) => {
  const { cells } = read(path.join(root, 'notebooks', name));
  const text = cells.map(({ source }) => source.join('')).join('\n');
  const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
  expect(cells[0]?.source.join('')).toMatch(/\*\*You will\*\*[\s\S]*\*\*Minutes:\*\* \d+[\s\S]*\*\*You need\*\*/);
  const order = ['Question', 'Your guess', 'Formula', 'The surprise, isolated', 'Where this model stops', 'What this lesson claims', 'Exercises'];
  const places = order.map((start) => headings.findIndex((heading) => heading.startsWith(start)));
  expect(Math.min(...places), headings.join(' · ')).toBe(0);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  const positions = ['const myGuess = guess(', 'simulate(', 'const live = false', 'surprise, isolated', 'check('].map((part) => text.indexOf(part));
  expect(Math.min(...positions)).toBeGreaterThan(0);
  expect(text.indexOf('const myGuess')).toBeLessThan(text.indexOf('table('));
  expect(cells.filter(({ metadata }) => metadata.tags?.includes('raises-exception')).length).toBeGreaterThanOrEqual(2);
  expect(existsSync(path.join(root, 'notebooks/solutions', name))).toBe(true);
});

it('links each term to the glossary, which has it', () => {
  const text = (name: string) =>
    read(path.join(root, 'notebooks', name))
      .cells.map(({ source }) => source.join(''))
      .join('\n');
  const anchors = [...text('glossary.ipynb').matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading.replaceAll(' ', '-'));
  for (const name of lessons)
    for (const [, anchor = ''] of text(name).matchAll(/(?:glossary\.ipynb|\]\()#([^)]+)/g)) expect(anchors, name).toContain(anchor);
});

it('links from lesson to lesson lead somewhere', () => {
  for (const name of lessons)
    for (const [, target = ''] of JSON.stringify(read(path.join(root, 'notebooks', name)).cells.map(({ source }) => source)).matchAll(
      /\]\(([\w./-]+\.ipynb)/g,
    ))
      expect(existsSync(path.join(root, 'notebooks', path.dirname(name), target)), `${name} → ${target}`).toBe(true);
});
