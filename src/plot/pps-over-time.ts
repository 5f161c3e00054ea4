import * as Plot from '@observablehq/plot';
import { max } from 'simple-statistics';
import { formatKpps } from './format-kpps.js';
import { palette } from './palette.js';
import { requireRate, requireRows } from './require-rows.js';
import { svg } from './svg.js';

/** Rates of one sampling interval that ends `tS` seconds after the start. */
export interface PpsPoint {
  tS: number;
  sentPps: number;
  deliveredPps: number;
  lostPps: number;
}

/** One run: its rates over time and the window in which it was measured. */
export interface PpsSeries {
  label: string;
  points: readonly PpsPoint[];
  window: { fromS: number; toS: number };
}

const lines = [
  { field: 'sentPps', label: 'sent', shape: 'dashed', colour: palette.ink },
  { field: 'deliveredPps', label: 'delivered', shape: 'line', colour: palette.predicted },
  { field: 'lostPps', label: 'lost', shape: 'line', colour: palette.measured },
] as const;
const windowColour = '#fff1cc';

/**
 * Draws the rates of each run over time, one run under the other, with the measured window shaded.
 * @throws RangeError when there are no series, a series has no points, or a figure is negative or not finite
 */
export function ppsOverTime(series: readonly PpsSeries[]): string {
  requireRows('ppsOverTime', series, []);
  series.forEach(({ points, window }, index) => {
    requireRows('ppsOverTime', points, ['tS', 'sentPps', 'deliveredPps']);
    // A loss may come out below 0: counters of one sample are read one after the other.
    points.forEach(({ lostPps }, at) => {
      requireRate('ppsOverTime', `|series[${index}].points[${at}].lostPps|`, Math.abs(lostPps));
    });
    requireRate('ppsOverTime', `series[${index}].window.fromS`, window.fromS);
    if (!(window.toS > window.fromS)) throw new RangeError(`ppsOverTime: series[${index}].window.toS must be above fromS, got ${window.toS}`);
  });
  // Facets are numbered because two runs may bear one label.
  const points = series.flatMap((run, facet) => run.points.map((point) => ({ ...point, facet })));
  const windows = series.map((run, facet) => ({ ...run.window, facet }));
  return svg({
    heading: 'Packets per second over time',
    alt: `Packets per second over time. ${series.map(sentence).join(' ')}`,
    legend: [
      ...lines.map(({ label, shape, colour }) => ({ label, shape, colour })),
      { label: 'measured window', shape: 'area', colour: windowColour },
    ],
    height: 82 + 160 * series.length,
    marginLeft: 70,
    marginRight: 24,
    marginTop: 26,
    marginBottom: 46,
    x: {
      label: 'time since start, s →',
      labelAnchor: 'center',
      labelArrow: 'none',
      labelOffset: 38,
      domain: [0, max([...points.map(({ tS }) => tS), ...windows.map(({ toS }) => toS)])],
    },
    y: { label: 'k packets per second →', labelAnchor: 'center', labelArrow: 'none', labelOffset: 56, grid: true, nice: true, zero: true, ticks: 4 },
    fy: { axis: null, padding: 0.2 },
    marks: [
      Plot.rect(windows, { fy: 'facet', x1: 'fromS', x2: 'toS', fill: windowColour }),
      Plot.gridY({ ticks: 4, stroke: palette.grid, strokeOpacity: 1 }),
      ...lines.map(({ field, shape, colour }) =>
        Plot.line(points, {
          fy: 'facet',
          x: 'tS',
          y: (point: PpsPoint) => point[field] / 1000,
          stroke: colour,
          strokeWidth: 2,
          ...(shape === 'dashed' ? { strokeDasharray: '5 3' } : {}),
        }),
      ),
      Plot.ruleY([0], { stroke: palette.ink }),
      Plot.text(
        series.map(({ label }, facet) => ({ label, facet })),
        {
          fy: 'facet',
          text: 'label',
          frameAnchor: 'top-left',
          lineAnchor: 'bottom',
          dy: -6,
          fontWeight: 600,
          fill: palette.ink,
          lineWidth: 54,
          textOverflow: 'ellipsis',
        },
      ),
    ],
  });
}

function sentence({ label, points, window }: PpsSeries): string {
  const inside = points.filter(({ tS }) => tS > window.fromS && tS <= window.toS);
  const highest = (field: 'sentPps' | 'deliveredPps' | 'lostPps') =>
    formatKpps(max((inside.length > 0 ? inside : points).map((point) => point[field])));
  return `${label}: at most ${highest('sentPps')} k pps sent, ${highest('deliveredPps')} delivered, ${highest('lostPps')} lost, measured from ${window.fromS} to ${window.toS} s.`;
}
