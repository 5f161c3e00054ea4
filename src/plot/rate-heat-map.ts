import * as Plot from '@observablehq/plot';
import { formatKpps } from './format-kpps.js';
import { palette } from './palette.js';
import { requireRate, requireRows } from './require-rows.js';
import { svg } from './svg.js';
import { tint } from './tint.js';

/** Packets per second at one pair of values. */
export interface RateCell {
  /** Names of column and row; both stand in the order in which they first appear. */
  column: string;
  row: string;
  /** null where there is no figure. */
  pps: number | null;
}

/** What the axes of `rateHeatMap` are. */
export interface RateHeatMapOptions {
  heading: string;
  columnLabel: string;
  rowLabel: string;
  /** What the figures are. Default: received. */
  what?: string;
}

/** More columns leave no room for figures. */
const mostFigures = 12;

/**
 * Draws packets per second over two things that are changed: the darker a cell, the more. Up to twelve columns hold their figures.
 * @throws RangeError when there are no cells, or a figure is negative or not finite
 * @example rateHeatMap([{ column: '1', row: '32 B', pps: 100_000 }, { column: '8', row: '32 B', pps: null }], { heading: 'Batches', columnLabel: 'batch', rowLabel: 'payload' })
 */
export function rateHeatMap(cells: readonly RateCell[], { heading, columnLabel, rowLabel, what = 'received' }: RateHeatMapOptions): string {
  requireRows('rateHeatMap', cells, []);
  cells.forEach(({ pps }, at) => {
    if (pps !== null) requireRate('rateHeatMap', `cells[${at}].pps`, pps);
  });
  const columns = [...new Set(cells.map(({ column }) => column))];
  const rows = [...new Set(cells.map(({ row }) => row))];
  const most = Math.max(...cells.map(({ pps }) => pps ?? 0), 1);
  const known = cells.flatMap(({ column, row, pps }) => (pps === null ? [] : [{ column, row, share: pps / most, text: formatKpps(pps) }]));
  return svg({
    heading,
    alt: `${heading}. ${sentence(cells)}`,
    legend: [
      { label: `${what}, k packets per second`, shape: 'area', colour: tint(palette.predicted, 0.8) },
      ...(known.length < cells.length ? [{ label: 'no figure', shape: 'area', colour: '#f4f4f4' } as const] : []),
    ],
    height: 80 + (columns.length > mostFigures ? 16 : 26) * rows.length,
    marginLeft: 24 + 8 * Math.max(8, ...rows.map((row) => Math.min(row.length, 20))),
    marginRight: 24,
    marginTop: 52,
    x: {
      type: 'band',
      domain: columns,
      label: columnLabel,
      labelAnchor: 'center',
      labelArrow: 'none',
      axis: 'top',
      tickSize: 0,
      padding: 0.04,
      ...(columns.length > mostFigures && { tickRotate: -60 }),
    },
    y: { type: 'band', domain: rows, label: rowLabel, labelAnchor: 'top', labelArrow: 'none', tickSize: 0, padding: 0.06 },
    marks: [
      Plot.cell(cells, { x: 'column', y: 'row', fill: '#f4f4f4' }),
      Plot.cell(known, { x: 'column', y: 'row', fill: ({ share }: { share: number }) => tint(palette.predicted, share) }),
      ...(columns.length > mostFigures
        ? []
        : [
            Plot.text(known, {
              x: 'column',
              y: 'row',
              text: 'text',
              fill: ({ share }: { share: number }) => (share > 0.55 ? palette.paper : palette.ink),
            }),
          ]),
    ],
  });
}

function sentence(cells: readonly RateCell[]): string {
  const known = cells.filter((cell): cell is RateCell & { pps: number } => cell.pps !== null);
  const least = known.reduce<(typeof known)[number] | undefined>((best, cell) => (best && best.pps <= cell.pps ? best : cell), undefined);
  const most = known.reduce<(typeof known)[number] | undefined>((best, cell) => (best && best.pps >= cell.pps ? best : cell), undefined);
  if (!least || !most) return 'No figures.';
  const place = ({ column, row, pps }: (typeof known)[number]) => `${formatKpps(pps)} k pps at ${column} and ${row}`;
  return `Most: ${place(most)}; least: ${place(least)}.`;
}
