import * as Plot from '@observablehq/plot';
import { formatError } from './format-error.js';
import { formatKpps } from './format-kpps.js';
import type { LegendEntry } from './legend.js';
import { numberColumns } from './number-columns.js';
import { palette } from './palette.js';
import { rateRows, titlesPx } from './rate-rows.js';
import { requireRows } from './require-rows.js';
import { rowTitles } from './row-titles.js';
import { svg } from './svg.js';

/** One configuration of the article: what was printed and what the model says for the article's hosts. */
export interface PublishedVersusPredictedRow {
  id: string;
  title: string;
  publishedPps: number;
  /** Range of the printed lines. */
  low: number;
  high: number;
  predictedPps: number;
  /** `reproduced` figures are the only evidence for a parameter: their small error proves nothing. `heldOut` figures were never seen by the fit. */
  role: 'fitted' | 'reproduced' | 'heldOut';
  /** The article gives an upper end only ("up to 1.4M"). */
  upTo?: boolean | undefined;
}

const roles = {
  fitted: { label: 'predicted, fitted', shape: 'dot', colour: palette.predicted },
  reproduced: { label: 'predicted, reproduced', shape: 'ring', colour: palette.predicted },
  heldOut: { label: 'predicted, held out', shape: 'diamond', colour: palette.heldOut },
} as const satisfies Record<PublishedVersusPredictedRow['role'], LegendEntry>;

/**
 * Draws the article's figures beside the model's, one configuration a line.
 * @throws RangeError when there are no rows, an id repeats or a rate is negative or not finite
 * @example publishedVersusPredicted([{ id: 'pinned', title: 'Pinned', publishedPps: 366_636, low: 359_504, high: 373_918, predictedPps: 360_900, role: 'fitted' }])
 */
export function publishedVersusPredicted(rows: readonly PublishedVersusPredictedRow[]): string {
  requireRows('publishedVersusPredicted', rows, ['publishedPps', 'low', 'high', 'predictedPps']);
  const kpps = (field: 'publishedPps' | 'low' | 'high' | 'predictedPps') => (row: PublishedVersusPredictedRow) => row[field] / 1000;
  const ranges = rows.filter((row) => row.high > row.low);
  const upTo = rows.filter((row) => row.upTo === true);
  const used = (Object.keys(roles) as (keyof typeof roles)[]).filter((role) => rows.some((row) => row.role === role));
  const dots = (role: keyof typeof roles) => {
    const { shape, colour } = roles[role];
    const outline =
      shape === 'ring' ? { fill: palette.paper, stroke: colour, strokeWidth: 2.2 } : { fill: colour, stroke: palette.paper, strokeWidth: 1.2 };
    return Plot.dot(
      rows.filter((row) => row.role === role),
      { x: kpps('predictedPps'), y: 'id', dy: -9, r: shape === 'diamond' ? 7 : 5.5, symbol: shape === 'diamond' ? 'diamond' : 'circle', ...outline },
    );
  };
  return svg({
    heading: 'The article and the model',
    alt: `Published against predicted packet rates. ${rows.map(sentence).join(' ')}`,
    legend: [
      { label: 'published', shape: 'area', colour: palette.published },
      ...(ranges.length > 0 ? [{ label: 'range printed', shape: 'whisker', colour: palette.ink } as const] : []),
      ...used.map((role) => roles[role]),
    ],
    ...rateRows(rows.map((row) => row.id)),
    marks: [
      rowTitles(rows, titlesPx),
      Plot.barX(rows, { x: kpps('publishedPps'), y: 'id', fill: palette.published, insetTop: 13 }),
      Plot.text(upTo, { x: 0, y: 'id', text: () => 'up to', textAnchor: 'start', dx: 6, dy: 7, fill: palette.ink }),
      Plot.ruleY(ranges, { x1: kpps('low'), x2: kpps('high'), y: 'id', stroke: palette.ink, strokeWidth: 1.5, marker: 'tick', dy: 7 }),
      Plot.ruleX([0], { stroke: palette.ink }),
      ...used.map(dots),
      ...numberColumns(rows, [
        { header: 'published', rightPx: 76, text: (row) => `${row.upTo === true ? '≤ ' : ''}${formatKpps(row.publishedPps)} k` },
        { header: 'predicted', rightPx: 146, text: (row) => `${formatKpps(row.predictedPps)} k` },
        { header: 'error', rightPx: 204, text: (row) => formatError(row.predictedPps / row.publishedPps - 1) },
      ]),
    ],
  });
}

function sentence(row: PublishedVersusPredictedRow): string {
  const published = `${row.upTo === true ? 'up to ' : ''}${formatKpps(row.publishedPps)}`;
  const role = row.role === 'heldOut' ? 'held out' : row.role;
  return `${row.title}: published ${published} k pps, predicted ${formatKpps(row.predictedPps)} k pps (${role}).`;
}
