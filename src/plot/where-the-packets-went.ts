import * as Plot from '@observablehq/plot';
import { max, sum } from 'simple-statistics';
import type { Losses } from '../experiment/index.js';
import { fateNames } from './fate-names.js';
import { formatKpps } from './format-kpps.js';
import { formatPercent } from './format-percent.js';
import { numberColumns } from './number-columns.js';
import { type Fate, palette } from './palette.js';
import { requireRate, requireRows } from './require-rows.js';
import { rowTitles } from './row-titles.js';
import { svg } from './svg.js';
import { textWidthPx } from './text-width.js';

/** The account of one run: packets or packets per second, all of one kind. `unaccounted` may be negative. */
export interface WhereThePacketsWentRow {
  id: string;
  title: string;
  delivered: number;
  losses: Losses;
  unaccounted: number;
}

/** `share` compares shares of what was offered; `pps` draws rates, and wants rows that hold packets per second. */
export interface WhereThePacketsWentOptions {
  unit?: 'share' | 'pps';
}

interface Segment {
  id: string;
  fate: Fate;
  from: number;
  to: number;
  label: string;
}

const widthPx = 760;
const leftPx = 190;
const rightPx = 170;

/**
 * Draws what became of the packets of each run: delivered, lost at each place, and missing from the account.
 * @throws RangeError when there are no rows, an id repeats, a count is negative or not finite, or a row holds no packets
 */
export function whereThePacketsWent(rows: readonly WhereThePacketsWentRow[], { unit = 'share' }: WhereThePacketsWentOptions = {}): string {
  requireRows('whereThePacketsWent', rows, ['delivered']);
  rows.forEach((row, index) => {
    for (const [place, lost] of Object.entries(row.losses)) requireRate('whereThePacketsWent', `rows[${index}].losses.${place}`, lost);
    requireRate('whereThePacketsWent', `|rows[${index}].unaccounted|`, Math.abs(row.unaccounted));
    if (!(offered(row) > 0)) throw new RangeError(`whereThePacketsWent: rows[${index}] must hold packets, got ${offered(row)}`);
  });
  const segments = rows.flatMap((row) => segmentsOf(row, unit));
  const end = unit === 'share' ? max([1, ...segments.map(({ to }) => to)]) : max(segments.map(({ to }) => to));
  const pxPerUnit = (widthPx - leftPx - rightPx) / end;
  const fates = (Object.keys(fateNames) as Fate[]).filter((fate) => fate === 'unaccounted' || segments.some((segment) => segment.fate === fate));
  const labelled = segments.filter(({ from, to, label }) => (to - from) * pxPerUnit > textWidthPx(label, 11) + 6);
  return svg({
    heading: 'Where the packets went',
    alt: `Where the packets went. ${rows.map(sentence).join(' ')}`,
    legend: fates.map((fate) => ({ label: fateNames[fate], shape: fate === 'unaccounted' ? 'hatch' : 'area', colour: palette.fates[fate] })),
    width: widthPx,
    height: 70 + 42 * rows.length,
    marginLeft: leftPx,
    marginRight: rightPx,
    marginTop: 26,
    marginBottom: 44,
    x: {
      label: unit === 'share' ? 'share of packets offered, % →' : 'k packets per second offered →',
      labelAnchor: 'center',
      labelArrow: 'none',
      labelOffset: 38,
      domain: [0, end],
      nice: unit === 'pps',
      ticks: 5,
      tickFormat: (value: number) => (unit === 'share' ? `${Math.round(value * 100)}` : formatKpps(value).replace(/\.0+$/, '')),
    },
    y: { type: 'band', domain: rows.map((row) => row.id), padding: 0.3, axis: null },
    marks: [
      rowTitles(rows, leftPx),
      ...fates.map((fate) =>
        Plot.barX(
          segments.filter((segment) => segment.fate === fate),
          {
            x1: 'from',
            x2: 'to',
            y: 'id',
            fill: fate === 'unaccounted' ? 'url(#mpps-hatch)' : palette.fates[fate],
            stroke: palette.fates[fate],
            strokeWidth: 0.6,
          },
        ),
      ),
      // Parted by white, but not where a narrow part would vanish in it.
      Plot.tickX(
        segments.filter(({ from, to }) => (to - from) * pxPerUnit > 4),
        { x: 'to', y: 'id', stroke: palette.paper, strokeWidth: 1 },
      ),
      Plot.text(labelled, {
        x: ({ from, to }: Segment) => (from + to) / 2,
        y: 'id',
        text: 'label',
        fontSize: 11,
        fill: ({ fate }: Segment) => inkOn(fate),
      }),
      Plot.ruleX([0], { stroke: palette.ink }),
      ...numberColumns(rows, [
        { header: 'delivered', rightPx: 70, text: (row) => formatPercent(row.delivered / offered(row)) },
        { header: 'unaccounted', rightPx: 160, text: (row) => formatPercent(row.unaccounted / offered(row)) },
      ]),
    ],
  });
}

function offered(row: WhereThePacketsWentRow): number {
  return row.delivered + sum(Object.values(row.losses)) + row.unaccounted;
}

function segmentsOf(row: WhereThePacketsWentRow, unit: 'share' | 'pps'): Segment[] {
  const scale = unit === 'share' ? 1 / offered(row) : 1;
  // A negative remainder means that more was counted than was sent: drawn past the end, it stays in sight.
  const amounts: Partial<Record<Fate, number>> = { delivered: row.delivered, ...row.losses, unaccounted: Math.abs(row.unaccounted) };
  let from = 0;
  return (Object.keys(fateNames) as Fate[]).flatMap((fate) => {
    const amount = (amounts[fate] ?? 0) * scale;
    if (amount === 0) return [];
    const segment = { id: row.id, fate, from, to: from + amount, label: unit === 'share' ? formatPercent(amount) : `${formatKpps(amount)} k` };
    from = segment.to;
    return [segment];
  });
}

function inkOn(fate: Fate): string {
  const dark: readonly Fate[] = ['delivered', 'sendBuffer', 'noPort', 'checksum', 'memory', 'socketBuffer'];
  return dark.includes(fate) ? palette.paper : palette.ink;
}

function sentence(row: WhereThePacketsWentRow): string {
  const parts = segmentsOf(row, 'share').map(({ fate, label }) => `${label} ${fateNames[fate]}`);
  return `${row.title}: ${parts.join(', ')}.`;
}
