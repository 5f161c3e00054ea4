import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { articleTable } from '../../src/model/index.js';
import { article } from '../../src/records/article.js';

const readme = readFileSync(new URL('../../src/model/README.md', import.meta.url), 'utf8');
const { rows } = articleTable(article);
const fitted = rows.filter(({ role }) => role === 'fitted');

/** The two numbers of a row of a table in the README. */
function numbersOf(label: string): number[] {
  const line = readme.split('\n').find((each) => each.trim().startsWith(`| ${label} |`));
  if (line === undefined) throw new RangeError(`numbersOf: label must begin a row, got ${label}`);
  return line
    .split('|')
    .slice(2, 4)
    .map((cell) => Number(cell));
}

function medianAndWorst(errors: number[]): number[] {
  const sorted = errors.map((error) => 100 * Math.abs(error)).sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
  return [median, sorted.at(-1) ?? 0].map((percent) => Number(percent.toFixed(1)));
}

it('the README says how good the fit is', () => {
  expect(numbersOf('figures that the fit has seen')).toEqual(medianAndWorst(fitted.map(({ error }) => error)));
  expect(numbersOf('a whole group left out')).toEqual(medianAndWorst(fitted.map(({ looError }) => looError ?? Number.NaN)));
});

it('the README counts the figures and parameters of the fit, and what the counters of a left-out group miss by', () => {
  const { count, parameters } = article.fit.figures;
  expect(readme).toContain(`${count} figures, of which about 12 are independent, set ${parameters} parameters`);
  const missed = fitted.flatMap(({ counters }) => counters.flatMap(({ name, looError }) => (name === 'InErrors' ? Math.abs(looError ?? 0) : [])));
  expect(readme).toContain(`InErrors miss by up to ${Math.ceil(100 * Math.max(...missed))} %`);
});

it('the README lists each coupling and stage under a file that is there', () => {
  for (const [, file = ''] of readme.matchAll(/\| `([a-z-]+\.ts)`/g)) {
    const places = ['stages', 'solve'].filter((folder) => {
      try {
        return readFileSync(new URL(`../../src/model/${folder}/${file}`, import.meta.url)).length > 0;
      } catch {
        return false;
      }
    });
    expect(places, file).toHaveLength(1);
  }
});
