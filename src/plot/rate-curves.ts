import * as Plot from '@observablehq/plot';
import { formatKpps } from './format-kpps.js';
import { palette } from './palette.js';
import { requireRows } from './require-rows.js';
import { svg } from './svg.js';

/** Packets per second as one thing is changed. */
export interface RateCurve {
  label: string;
  /** `x` in the unit of the axis. */
  points: readonly { x: number; pps: number }[];
  /** `dots` for what was measured or published, `line` for what was computed. Default: line. */
  as?: 'line' | 'dots';
}

/** What the axes of `rateCurves` are, and the reader's guess. */
export interface RateCurvesOptions {
  heading: string;
  xLabel: string;
  yLabel?: string;
  /** A mark of the reader's own. */
  guess?: { x: number; pps: number };
}

// Okabe and Ito, in an order in which neighbours differ in lightness too.
const colours = [palette.predicted, palette.heldOut, palette.ink, '#cc79a7', palette.published];

/**
 * Draws packets per second against one thing that is changed: a curve each for what else differs.
 * @throws RangeError when there are no curves, a curve has no points, or a figure is negative or not finite
 * @example rateCurves([{ label: 'one reader', points: [{ x: 0, pps: 0 }, { x: 1, pps: 360_000 }] }], { heading: 'More queues', xLabel: 'RX queues' })
 */
export function rateCurves(
  curves: readonly RateCurve[],
  { heading, xLabel, yLabel = 'received, k packets per second →', guess }: RateCurvesOptions,
): string {
  requireRows('rateCurves', curves, []);
  for (const { points } of curves) requireRows('rateCurves', points, ['x', 'pps']);
  const coloured = curves.map((curve, index) => ({ ...curve, colour: colours[index % colours.length] ?? palette.ink }));
  const xs = [...new Set([...curves.flatMap(({ points }) => points), ...(guess ? [guess] : [])].map(({ x }) => x))];
  return svg({
    heading,
    alt: `${heading}. ${coloured.map(sentence).join(' ')}${guess ? ` Your guess: ${formatKpps(guess.pps)} k pps.` : ''}`,
    legend: [
      ...coloured.map(({ label, as, colour }) => ({ label, shape: as === 'dots' ? ('dot' as const) : ('line' as const), colour })),
      ...(guess ? [{ label: 'your guess', shape: 'diamond', colour: palette.guess } as const] : []),
    ],
    height: 330,
    marginLeft: 76,
    marginRight: 24,
    marginBottom: 46,
    x: {
      label: xLabel,
      labelAnchor: 'center',
      labelArrow: 'none',
      labelOffset: 38,
      domain: [Math.min(0, ...xs), Math.max(...xs)],
      // Counts of things have no halves.
      ...(xs.every(Number.isInteger) && Math.max(...xs) <= 20 ? { ticks: xs, tickFormat: 'd' } : {}),
    },
    y: { label: yLabel, labelAnchor: 'center', labelArrow: 'none', labelOffset: 60, grid: true, nice: true, zero: true, ticks: 5 },
    marks: [
      Plot.gridY({ ticks: 5, stroke: palette.grid, strokeOpacity: 1 }),
      ...coloured.map(({ points, as, colour }) =>
        as === 'dots'
          ? Plot.dot(points, { x: 'x', y: kpps, r: 5, fill: colour, stroke: palette.paper })
          : Plot.line(points, { x: 'x', y: kpps, stroke: colour, strokeWidth: 2.5, marker: points.length <= 12 ? 'dot' : 'none' }),
      ),
      ...(guess ? [Plot.dot([guess], { x: 'x', y: kpps, r: 8, symbol: 'diamond', fill: palette.guess, stroke: palette.paper })] : []),
      Plot.ruleY([0], { stroke: palette.ink }),
    ],
  });
}

function kpps({ pps }: { pps: number }): number {
  return pps / 1000;
}

function sentence({ label, points }: RateCurve): string {
  const most = points.reduce((best, point) => (point.pps > best.pps ? point : best));
  const last = points[points.length - 1] ?? most;
  return `${label}: at most ${formatKpps(most.pps)} k pps at ${most.x}, ${formatKpps(last.pps)} at ${last.x}.`;
}
