import * as Plot from '@observablehq/plot';
import { max, median, min } from 'simple-statistics';
import { escapeXml } from './escape-xml.js';
import { formatKpps } from './format-kpps.js';
import { palette } from './palette.js';
import { type PlacedLabel, placeLabels } from './place-labels.js';
import type { PredictedVersusMeasuredRow } from './predicted-versus-measured.js';
import { requireRate, requireRows } from './require-rows.js';
import { shortenText } from './shorten-text.js';
import { svg } from './svg.js';
import { textWidthPx } from './text-width.js';

const widthPx = 760;
const heightPx = 560;
const margin = { left: 70, right: 24, top: 12, bottom: 50 };

interface Point {
  title: string;
  predicted: number;
  low: number;
  high: number;
  measured: number;
  worst: number;
  best: number;
  /** Doubtful runs, and whether they are most of all. */
  doubtful: number[];
  isDoubtful: boolean;
}

/**
 * Draws each experiment as a point: predicted across, median measured up, both in k packets per second on logarithmic axes.
 * On the diagonal the prediction was right; inside the band it was within 10 %. Rows without runs are left out. Doubtful runs are hollow, and so
 * is a median of which most runs are.
 * @throws RangeError when no row has a run above 0, an id repeats or a rate is negative or not finite
 */
export function predictedVersusMeasuredScatter(rows: readonly PredictedVersusMeasuredRow[]): string {
  const { points, omitted } = toPoints(rows);
  const domain = domainOf(points);
  const x = Plot.scale({ x: { type: 'log', domain, range: [margin.left, widthPx - margin.right] } });
  const y = Plot.scale({ y: { type: 'log', domain, range: [heightPx - margin.bottom, margin.top] } });
  const labels = placeLabels(
    points.map((point) => ({ xPx: x.apply(point.predicted), yPx: y.apply(point.measured), text: shortenText(point.title, 240, 11) })),
    { left: margin.left + 4, right: widthPx - margin.right, top: margin.top, bottom: heightPx - margin.bottom - 2 },
    11,
    points.flatMap((point) => [
      { left: x.apply(point.low), right: x.apply(point.high), top: y.apply(point.measured) - 2, bottom: y.apply(point.measured) + 2 },
      { left: x.apply(point.predicted) - 2, right: x.apply(point.predicted) + 2, top: y.apply(point.best), bottom: y.apply(point.worst) },
    ]),
  );
  const suspects = points.flatMap(({ predicted, doubtful }) => doubtful.map((pps) => ({ predicted, pps })));
  const within = points.filter((point) => Math.abs(point.predicted / point.measured - 1) <= 0.1).length;
  const axis = {
    type: 'log',
    domain,
    ticks: ticksIn(domain),
    tickFormat: (kpps: number) => formatKpps(kpps * 1000).replace(/\.0+$/, ''),
    grid: true,
    labelAnchor: 'center',
    labelArrow: 'none',
  } as const;
  return svg({
    heading: 'Right on the diagonal, too high below it',
    alt: `Predicted against measured, one point an experiment: ${within} of ${points.length} within 10 %. ${points.map((point) => `${point.title}: predicted ${formatKpps(point.predicted * 1000)}, measured ${formatKpps(point.measured * 1000)} k pps.`).join(' ')}${omitted.map((title) => ` ${title} is 0 and not drawn.`).join('')}`,
    legend: [
      { label: 'median of runs', shape: 'dot', colour: palette.measured },
      ...(suspects.length ? [{ label: 'doubtful', shape: 'ring', colour: palette.measured } as const] : []),
      { label: 'prediction interval, range of runs', shape: 'line', colour: palette.muted },
      { label: 'predicted = measured', shape: 'dashed', colour: palette.predicted },
      { label: 'within 10 %', shape: 'band', colour: '#d9ecf8' },
    ],
    width: widthPx,
    height: heightPx,
    marginLeft: margin.left,
    marginRight: margin.right,
    marginTop: margin.top,
    marginBottom: margin.bottom,
    x: { ...axis, label: 'predicted, k packets per second →', labelOffset: 42 },
    y: { ...axis, label: 'measured, k packets per second →', labelOffset: 56 },
    marks: [
      Plot.areaY(domain, {
        x: (kpps: number) => kpps,
        y1: (kpps: number) => kpps / 1.1,
        y2: (kpps: number) => kpps / 0.9,
        fill: '#d9ecf8',
        clip: true,
      }),
      Plot.line(domain, {
        x: (kpps: number) => kpps,
        y: (kpps: number) => kpps,
        stroke: palette.predicted,
        strokeWidth: 1.5,
        strokeDasharray: '5 3',
      }),
      Plot.ruleY(points, { x1: 'low', x2: 'high', y: 'measured', stroke: palette.muted, clip: true }),
      Plot.ruleX(points, { x: 'predicted', y1: 'worst', y2: 'best', stroke: palette.muted, strokeWidth: 2, clip: true }),
      Plot.dot(suspects, { x: 'predicted', y: 'pps', r: 3, fill: palette.paper, stroke: palette.measured }),
      Plot.dot(points, {
        x: 'predicted',
        y: 'measured',
        r: 5,
        fill: ({ isDoubtful }: Point) => (isDoubtful ? palette.paper : palette.measured),
        stroke: ({ isDoubtful }: Point) => (isDoubtful ? palette.measured : palette.paper),
        strokeWidth: ({ isDoubtful }: Point) => (isDoubtful ? 2 : 1),
      }),
      Plot.frame({ stroke: palette.ink }),
    ],
    overlay: labels.map(drawLabel).join('') + drawOmitted(omitted),
  });
}

/** Logarithmic axes have no room for 0: rows that are 0 are named beside the chart instead. */
function toPoints(rows: readonly PredictedVersusMeasuredRow[]): { points: Point[]; omitted: string[] } {
  requireRows('predictedVersusMeasuredScatter', rows, ['predictedPps', 'low', 'high']);
  const measured = rows.filter((row) => row.measured.length > 0);
  for (const row of measured) {
    row.measured.forEach((pps, run) => {
      requireRate('predictedVersusMeasuredScatter', `${row.id}.measured[${run}]`, pps);
    });
  }
  const isAboveZero = (row: PredictedVersusMeasuredRow) => row.predictedPps > 0 && median([...row.measured]) > 0;
  const shown = measured.filter(isAboveZero);
  if (shown.length === 0) throw new RangeError('predictedVersusMeasuredScatter: rows must hold at least one measured run above 0, got none');
  return { points: shown.map(toPoint), omitted: measured.filter((row) => !isAboveZero(row)).map(({ title }) => title) };
}

function toPoint({ title, predictedPps, low, high, measured, doubtful = [] }: PredictedVersusMeasuredRow): Point {
  const runs = [...measured];
  const suspects = runs.filter((pps, run) => doubtful[run] && pps > 0);
  const floor = Math.min(predictedPps, median(runs)) / 100;
  return {
    title,
    predicted: predictedPps / 1000,
    low: Math.max(low, floor) / 1000,
    high: Math.max(high, floor) / 1000,
    measured: median(runs) / 1000,
    worst: min(runs.filter((pps) => pps > 0)) / 1000,
    best: max(runs) / 1000,
    doubtful: suspects.map((pps) => pps / 1000),
    isDoubtful: 2 * suspects.length > runs.length,
  };
}

function domainOf(points: readonly Point[]): [number, number] {
  const rates = points.flatMap(({ predicted, worst, best }) => [predicted, worst, best]);
  return [min(rates) / 1.25, max(rates) * 1.25];
}

function ticksIn([low, high]: [number, number]): number[] {
  const decades = Array.from({ length: 12 }, (_, decade) => 10 ** (decade - 4));
  const within = (steps: readonly number[]) =>
    decades.flatMap((decade) => steps.map((step) => Number((step * decade).toPrecision(2)))).filter((tick) => tick >= low && tick <= high);
  const few = within([1, 2, 3, 5, 7]);
  return few.length >= 5 ? few : within([1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9]);
}

function drawLabel(label: PlacedLabel): string {
  const textEndPx = label.textXPx + textWidthPx(label.text, 11);
  const lineEndPx = Math.min(Math.max(label.xPx, label.textXPx), textEndPx);
  const line = label.led
    ? `<path d="M${label.xPx},${label.yPx}L${lineEndPx},${label.textYPx - 4}" stroke="${palette.muted}" stroke-width="0.8"/>`
    : '';
  // Widths are estimates: the end that faces the point is the one to hold.
  const isLeft = textEndPx < label.xPx;
  return `${line}<text x="${isLeft ? textEndPx : label.textXPx}"${isLeft ? ' text-anchor="end"' : ''} y="${label.textYPx}" font-size="11" stroke="${palette.paper}" stroke-width="3" paint-order="stroke" stroke-linejoin="round">${escapeXml(label.text)}</text>`;
}

function drawOmitted(titles: readonly string[]): string {
  if (titles.length === 0) return '';
  const text = shortenText(`0 pps, not drawn: ${titles.join(', ')}`, 460, 11);
  return `<text x="${widthPx - margin.right - 8}" y="${heightPx - margin.bottom - 10}" text-anchor="end" font-size="11">${escapeXml(text)}</text>`;
}
