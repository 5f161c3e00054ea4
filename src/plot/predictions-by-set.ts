import * as Plot from '@observablehq/plot';
import { max, median, min } from 'simple-statistics';
import { formatKpps } from './format-kpps.js';
import { formatPercent } from './format-percent.js';
import { palette } from './palette.js';
import { requireRows } from './require-rows.js';
import { shortenText } from './shorten-text.js';
import { svg } from './svg.js';

/** One run with its registered prediction, and the set that it belongs to. */
export interface SetRun {
  set: string;
  predictedPps: number;
  measuredPps: number;
  /** Whether it lies inside its prediction interval. */
  isInside: boolean;
}

const mostColumns = 3;
const panelPx = 210;
/** Misses beyond a factor of this are drawn at the edge. */
const farthest = 3;

const ratioTicks = [1 / 3, 0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3];
const rateTicks = [-3, -2, -1, 0, 1, 2, 3, 4, 5].flatMap((decade) => [1, 2, 5].map((step) => step * 10 ** decade));

/**
 * Draws every run as measured over predicted, one panel a set, all on the same axes: across what was predicted, up how much more came. Runs outside
 * their prediction intervals are hollow.
 *
 * @throws RangeError when there are no runs, or none of them and of its prediction is above 0
 * @example predictionsBySet([{ set: 'mine', predictedPps: 200_000, measuredPps: 210_000, isInside: true }])
 */
export function predictionsBySet(runs: readonly SetRun[]): string {
  requireRows('predictionsBySet', runs, ['predictedPps', 'measuredPps']);
  const drawn = runs.filter(({ predictedPps, measuredPps }) => predictedPps > 0 && measuredPps > 0);
  if (drawn.length === 0) throw new RangeError('predictionsBySet: runs must hold one that is above 0 and predicted so, got none');
  const sets = [...new Set(drawn.map(({ set }) => set))];
  const columns = Math.min(mostColumns, sets.length);
  const panel = (set: string) => ({ fx: sets.indexOf(set) % columns, fy: Math.floor(sets.indexOf(set) / columns) });
  const points = drawn.map(({ set, predictedPps, measuredPps, isInside }) => ({
    ...panel(set),
    kpps: predictedPps / 1000,
    ratio: Math.min(farthest, Math.max(1 / farthest, measuredPps / predictedPps)),
    isInside,
  }));
  const titles = sets.map((set) => ({ ...panel(set), text: shortenText(set, 190, 12) }));
  const ratios = points.map(({ ratio }) => ratio);
  const rates = points.map(({ kpps }) => kpps);
  const across: [number, number] = [min(rates) / 1.3, max(rates) * 1.3];
  const up: [number, number] = [Math.min(0.8, ...ratios) / 1.05, Math.max(1.25, ...ratios) * 1.05];
  return svg({
    heading: 'Every run against its prediction, set by set',
    alt: `Measured over predicted, one point a run. ${sets.map((set) => sentence(set, drawn)).join(' ')}`,
    legend: [
      { label: 'inside its 90 % interval', shape: 'dot', colour: palette.measured },
      { label: 'outside', shape: 'ring', colour: palette.measured },
      { label: 'as predicted', shape: 'dashed', colour: palette.predicted },
      { label: 'within 10 %', shape: 'band', colour: '#d9ecf8' },
    ],
    height: 60 + panelPx * Math.ceil(sets.length / columns),
    marginLeft: 64,
    marginTop: 30,
    marginBottom: 44,
    fx: { axis: null, padding: 0.06 },
    fy: { axis: null, padding: 0.16 },
    x: {
      type: 'log',
      domain: across,
      ticks: rateTicks.filter((tick) => across[0] <= tick && tick <= across[1]),
      tickFormat: (kpps: number) => formatKpps(kpps * 1000).replace(/\.0+$/, ''),
      label: 'predicted, k packets per second →',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: {
      type: 'log',
      domain: up,
      ticks: ratioTicks.filter((tick) => up[0] <= tick && tick <= up[1]),
      tickFormat: (ratio: number) => `${Number(ratio.toFixed(2))}`,
      grid: true,
      label: 'measured over predicted →',
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    marks: [
      Plot.areaY(
        titles.flatMap((title) => across.map((kpps) => ({ ...title, kpps }))),
        { fx: 'fx', fy: 'fy', x: 'kpps', y1: 0.9, y2: 1.1, fill: '#d9ecf8' },
      ),
      Plot.ruleY(titles, { fx: 'fx', fy: 'fy', y: 1, stroke: palette.predicted, strokeWidth: 1.5, strokeDasharray: '5 3' }),
      Plot.dot(points, {
        fx: 'fx',
        fy: 'fy',
        x: 'kpps',
        y: 'ratio',
        r: 3,
        fill: ({ isInside }: { isInside: boolean }) => (isInside ? palette.measured : palette.paper),
        fillOpacity: 0.75,
        stroke: palette.measured,
      }),
      Plot.frame({ stroke: palette.ink }),
      Plot.text(titles, { fx: 'fx', fy: 'fy', text: 'text', frameAnchor: 'top-left', dy: -16, fontWeight: 600 }),
    ],
  });
}

function sentence(name: string, drawn: readonly SetRun[]): string {
  const runs = drawn.filter(({ set }) => set === name);
  const error = median(runs.map(({ predictedPps, measuredPps }) => Math.abs(predictedPps / measuredPps - 1)));
  return `${name}: ${runs.filter(({ isInside }) => isInside).length} of ${runs.length} runs inside their intervals, median error ${formatPercent(error)}.`;
}
