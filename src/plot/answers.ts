import * as Plot from '@observablehq/plot';
import { formatKpps } from './format-kpps.js';
import type { LegendEntry } from './legend.js';
import { numberColumns } from './number-columns.js';
import { palette } from './palette.js';
import { rateRows, titlesPx } from './rate-rows.js';
import { requireRate, requireRows } from './require-rows.js';
import { rowTitles } from './row-titles.js';
import { svg } from './svg.js';

/** One answer to the question of a lesson. */
export interface Answer {
  id: string;
  title: string;
  kind: 'published' | 'predicted' | 'simulated' | 'measured';
  /** Whose host the answer is about: rows of one host are compared, hosts never. */
  host: string;
  pps: number;
  /** Range of the answer; equal to `pps` where there is none. `range` says what it is. */
  low: number;
  high: number;
  range: string;
}

const kinds = {
  published: { label: 'published', shape: 'dot', colour: palette.published },
  predicted: { label: 'predicted', shape: 'dot', colour: palette.predicted },
  simulated: { label: 'simulated', shape: 'ring', colour: palette.predicted },
  measured: { label: 'measured', shape: 'diamond', colour: palette.measured },
} as const satisfies Record<Answer['kind'], LegendEntry>;

/**
 * Draws every answer to one question, host by host, with its range; what the reader guessed is a line through all of them.
 * @throws RangeError when there are no rows, an id repeats or a rate is negative or not finite
 * @example answers([{ id: 'article-published', title: 'published', kind: 'published', host: 'article', pps: 638_334, low: 609_449, high: 656_648, range: 'lines printed' }], { guessPps: 700_000 })
 */
export function answers(rows: readonly Answer[], { guessPps, heading = 'Every answer, and your guess' }: AnswersOptions = {}): string {
  requireRows('answers', rows, ['pps', 'low', 'high']);
  if (guessPps !== undefined) requireRate('answers', 'guessPps', guessPps);
  const kpps = (field: 'pps' | 'low' | 'high') => (row: Answer) => row[field] / 1000;
  const used = (Object.keys(kinds) as Answer['kind'][]).filter((kind) => rows.some((row) => row.kind === kind));
  const hosts = [...new Set(rows.map(({ host }) => host))];
  // An empty band parts the hosts, and bears the name of the one below it.
  const bands = hosts.flatMap((host) => [`host ${host}`, ...rows.filter((row) => row.host === host).map(({ id }) => id)]);
  const frame = rateRows(bands);
  return svg({
    heading,
    alt: `${heading}. ${guessPps === undefined ? '' : `Your guess: ${formatKpps(guessPps)} k pps. `}${rows.map(sentence).join(' ')}`,
    legend: [
      ...used.map((kind) => kinds[kind]),
      ...(rows.some(({ low, high }) => high > low) ? [{ label: 'its range', shape: 'whisker', colour: palette.ink } as const] : []),
      ...(guessPps === undefined ? [] : [{ label: 'your guess', shape: 'dashed', colour: palette.guess } as const]),
    ],
    ...frame,
    height: 70 + 30 * bands.length,
    marks: [
      rowTitles(rows, titlesPx),
      Plot.text(hosts, {
        y: (host: string) => `host ${host}`,
        text: (host: string) => host,
        frameAnchor: 'left',
        textAnchor: 'end',
        dx: -8,
        dy: 6,
        fontWeight: 600,
      }),
      ...(guessPps === undefined ? [] : [Plot.ruleX([guessPps / 1000], { stroke: palette.guess, strokeWidth: 2, strokeDasharray: '5 3' })]),
      Plot.ruleY(
        rows.filter(({ low, high }) => high > low),
        { x1: kpps('low'), x2: kpps('high'), y: 'id', stroke: palette.ink, strokeWidth: 1.5, marker: 'tick' },
      ),
      ...used.map((kind) => mark(rows, kind)),
      Plot.ruleX([0], { stroke: palette.ink }),
      ...numberColumns(rows, [
        { header: 'k pps', rightPx: 60, text: (row) => formatKpps(row.pps) },
        { header: 'from', rightPx: 128, text: (row) => (row.high > row.low ? formatKpps(row.low) : '') },
        { header: 'to', rightPx: 196, text: (row) => (row.high > row.low ? formatKpps(row.high) : '') },
      ]),
    ],
  });
}

/** What `answers` may be told beside its rows. */
export interface AnswersOptions {
  /** What the reader wrote down before looking. */
  guessPps?: number;
  heading?: string;
}

function mark(rows: readonly Answer[], kind: Answer['kind']): Plot.Markish {
  const { shape, colour } = kinds[kind];
  return Plot.dot(
    rows.filter((row) => row.kind === kind),
    {
      x: (row: Answer) => row.pps / 1000,
      y: 'id',
      r: 6,
      symbol: shape === 'diamond' ? 'diamond' : 'circle',
      ...(shape === 'ring' ? { fill: palette.paper, stroke: colour, strokeWidth: 2.2 } : { fill: colour, stroke: palette.paper, strokeWidth: 1.2 }),
    },
  );
}

function sentence({ host, title, pps, low, high, range }: Answer): string {
  return `${host}, ${title}: ${formatKpps(pps)} k pps${high > low ? ` (${range}: ${formatKpps(low)} to ${formatKpps(high)})` : ''}.`;
}
