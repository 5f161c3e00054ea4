import * as Plot from '@observablehq/plot';
import { median } from 'simple-statistics';
import { formatError } from './format-error.js';
import { formatKpps } from './format-kpps.js';
import { numberColumns } from './number-columns.js';
import { palette } from './palette.js';
import { rateRows, titlesPx } from './rate-rows.js';
import { requireRate, requireRows } from './require-rows.js';
import { rowTitles } from './row-titles.js';
import { svg } from './svg.js';

/** One experiment on this host: the prediction registered before its runs, and the rate that each run delivered. */
export interface PredictedVersusMeasuredRow {
  id: string;
  title: string;
  predictedPps: number;
  /** Prediction interval: where the next run was expected to lie. */
  low: number;
  high: number;
  /** Delivered packets per second, one figure a run; empty when nothing was measured yet. */
  measured: readonly number[];
  /** Whether each of those runs is doubtful, in the same order; left out: none is. */
  doubtful?: readonly boolean[] | undefined;
  /** predicted / measured − 1, where each run had a prediction of its own. Default: of the figures shown. */
  error?: number | undefined;
  /** What the reader wrote down before looking. */
  guessPps?: number | undefined;
}

/**
 * Draws what was predicted for this host beside what its runs delivered, one experiment a line.
 * @throws RangeError when there are no rows, an id repeats or a rate is negative or not finite
 */
export function predictedVersusMeasured(rows: readonly PredictedVersusMeasuredRow[]): string {
  requireRows('predictedVersusMeasured', rows, ['predictedPps', 'low', 'high']);
  rows.forEach((row, index) => {
    row.measured.forEach((pps, run) => {
      requireRate('predictedVersusMeasured', `rows[${index}].measured[${run}]`, pps);
    });
    if (row.guessPps !== undefined) requireRate('predictedVersusMeasured', `rows[${index}].guessPps`, row.guessPps);
  });
  const guessed = rows.filter((row) => row.guessPps !== undefined);
  const runs = rows.flatMap((row) => row.measured.map((pps) => ({ id: row.id, pps })));
  const measured = rows.filter((row) => row.measured.length > 0);
  const kpps = (field: 'predictedPps' | 'low' | 'high') => (row: PredictedVersusMeasuredRow) => row[field] / 1000;
  return svg({
    heading: 'Predicted and measured on this host',
    alt: `Predicted against measured packet rates. ${rows.map(sentence).join(' ')}`,
    legend: [
      { label: 'prediction interval', shape: 'band', colour: palette.predictedInterval },
      { label: 'predicted', shape: 'tick', colour: palette.predicted },
      { label: 'one run', shape: 'dot', colour: palette.measured },
      { label: 'median of runs', shape: 'tick', colour: palette.ink },
      ...(guessed.length > 0 ? [{ label: 'your guess', shape: 'diamond', colour: palette.guess } as const] : []),
    ],
    ...rateRows(rows.map((row) => row.id)),
    marks: [
      rowTitles(rows, titlesPx),
      Plot.barX(rows, { x1: kpps('low'), x2: kpps('high'), y: 'id', fill: palette.predictedInterval, insetTop: 3, insetBottom: 17 }),
      Plot.tickX(rows, { x: kpps('predictedPps'), y: 'id', stroke: palette.predicted, strokeWidth: 3, insetBottom: 14 }),
      Plot.tickX(measured, {
        x: (row: PredictedVersusMeasuredRow) => median([...row.measured]) / 1000,
        y: 'id',
        stroke: palette.ink,
        strokeWidth: 2,
        insetTop: 15,
        insetBottom: -2,
      }),
      Plot.dot(runs, {
        x: (run: { pps: number }) => run.pps / 1000,
        y: 'id',
        dy: 8,
        r: 4.5,
        fill: palette.measured,
        fillOpacity: 0.75,
        stroke: palette.paper,
      }),
      Plot.dot(guessed, {
        x: (row: PredictedVersusMeasuredRow) => (row.guessPps ?? 0) / 1000,
        y: 'id',
        dy: -7,
        r: 6.5,
        symbol: 'diamond',
        fill: palette.guess,
        stroke: palette.paper,
      }),
      Plot.ruleX([0], { stroke: palette.ink }),
      ...numberColumns(rows, [
        { header: 'predicted', rightPx: 76, text: (row) => `${formatKpps(row.predictedPps)} k` },
        { header: 'measured', rightPx: 146, text: (row) => (row.measured.length === 0 ? 'no run' : `${formatKpps(median([...row.measured]))} k`) },
        {
          header: 'error',
          rightPx: 204,
          text: (row) => (row.measured.length === 0 ? '' : formatError(row.error ?? row.predictedPps / median([...row.measured]) - 1)),
        },
      ]),
    ],
  });
}

function sentence(row: PredictedVersusMeasuredRow): string {
  const runs = row.measured.length === 0 ? 'not measured' : `median of ${row.measured.length} runs ${formatKpps(median([...row.measured]))} k pps`;
  return `${row.title}: predicted ${formatKpps(row.predictedPps)} k pps (${formatKpps(row.low)} to ${formatKpps(row.high)}), ${runs}.`;
}
