import { expect, it } from 'vitest';
import { sweepChart } from '../../src/cli/sweep-chart.js';
import { altText } from '../../src/plot/index.js';
import type { SweepRow, SweepTable } from '../../src/sweep/index.js';

const table = (axes: string[], rows: object[], title = 'A title') =>
  ({ id: 's', title, axes, rows: rows.map((row) => ({ deliveredPps: null, ...row })) as SweepRow[] }) as unknown as SweepTable;
const altOf = (drawn: string | null) => altText(drawn ?? '');

it('draws one axis of numbers as a curve, in the order of its values', () => {
  const rows = [3, 1, 2].map((x) => ({ workNs: x, deliveredPps: 100_000 * x }));
  expect(altOf(sweepChart(table(['workNs'], rows)))).toBe('A title. delivered: at most 300 k pps at 3, 300 at 3.');
});

it('draws two axes as a heat map of the mean over seeds, and a refused point as one without a figure', () => {
  const rows = [
    { work: 0, buffer: null, deliveredPps: 100_000 },
    { work: 0, buffer: null, deliveredPps: 300_000 },
    { work: 1500, buffer: null },
    { work: 0, buffer: { a: 1 }, deliveredPps: 150_000 },
  ];
  const drawn = sweepChart(table(['work', 'buffer'], rows, ''));
  expect(altOf(drawn)).toBe('s. Most: 200 k pps at 0 and none; least: 150 k pps at 0 and {"a":1}.');
  expect(drawn).toContain('no figure');
  expect(drawn).toContain('1,500');
});

it('draws nothing of three axes, of one point, and of an axis with values that are no numbers', () => {
  expect(sweepChart(table(['a', 'b', 'c'], [{ a: 1, b: 1, c: 1, deliveredPps: 1 }]))).toBeNull();
  expect(sweepChart(table(['a'], [{ a: 1, deliveredPps: 1 }]))).toBeNull();
  expect(
    sweepChart(
      table(
        ['a'],
        [1, 2, null].map((a) => ({ a, deliveredPps: 1 })),
      ),
    ),
  ).toBeNull();
});
