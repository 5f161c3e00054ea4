import * as Plot from '@observablehq/plot';
import type { Residual, ResidualCauseName } from '../model/index.js';
import { causeNames } from './cause-names.js';
import { formatError } from './format-error.js';
import { formatKpps } from './format-kpps.js';
import { numberColumns } from './number-columns.js';
import { palette } from './palette.js';
import { requireRate } from './require-rows.js';
import { rowTitles } from './row-titles.js';
import { svg } from './svg.js';

interface Step {
  id: string;
  title: string;
  cause: ResidualCauseName;
  from: number;
  to: number;
}

/** Parts below this share of the prediction are left out of the picture, all but the unexplained one; the column of figures would say 0.0 %. */
const smallest = 0.0005;
const adds = palette.fates.sendBuffer;
const takes = palette.fates.nicRing;

/**
 * Draws how a run came from what was predicted to what was measured: one line a cause, each beginning where the one above ends.
 * @throws RangeError when a rate is negative or not finite
 */
export function residualWaterfall({ experiment, predictedPps, measuredPps, causes, sentence }: Residual): string {
  requireRate('residualWaterfall', 'predictedPps', predictedPps);
  requireRate('residualWaterfall', 'measuredPps', measuredPps);
  let reached = predictedPps;
  const steps = causes.flatMap(({ cause, pps }): Step[] => {
    requireRate('residualWaterfall', `|${cause}|`, Math.abs(pps));
    const step = { id: cause, title: causeNames[cause], cause, from: reached / 1000, to: (reached + pps) / 1000 };
    reached += pps;
    return cause === 'unexplained' || Math.abs(pps) >= smallest * predictedPps ? [step] : [];
  });
  const rows = [
    { id: 'predicted', title: 'predicted', text: `${formatKpps(predictedPps)} k` },
    ...steps.map(({ id, title, from, to }) => ({ id, title, text: signed((to - from) * 1000) })),
    { id: 'measured', title: 'measured', text: `${formatKpps(measuredPps)} k` },
  ];
  const shares = new Map(steps.map(({ id, from, to }) => [id, formatError((1000 * (to - from)) / predictedPps)]));
  const places = [predictedPps / 1000, measuredPps / 1000, ...steps.flatMap(({ from, to }) => [from, to])];
  const [low, high] = [Math.min(...places), Math.max(...places)];
  const marginKpps = Math.max(0.1 * (high - low), 0.01 * high);
  // Each end of a step is joined to the beginning of the next.
  const joints = [
    ...steps.slice(1).map(({ from, id }, index) => ({ at: from, id, above: steps[index]?.id })),
    { at: measuredPps / 1000, id: 'measured', above: steps.at(-1)?.id },
  ];
  return svg({
    heading: `Why ${experiment} missed its prediction`,
    alt: `Why ${experiment} missed its prediction. ${sentence} Predicted ${formatKpps(predictedPps)} k pps; ${rows
      .slice(1, -1)
      .map(({ title, text }) => `${title} ${text}`)
      .join(', ')}; measured ${formatKpps(measuredPps)} k pps.`,
    legend: [
      { label: 'predicted', shape: 'tick', colour: palette.predicted },
      { label: 'measured', shape: 'dot', colour: palette.measured },
      { label: 'adds', shape: 'area', colour: adds },
      { label: 'takes away', shape: 'area', colour: takes },
      { label: 'unexplained', shape: 'hatch', colour: palette.fates.unaccounted },
    ],
    height: 74 + 30 * rows.length,
    marginLeft: 190,
    marginRight: 150,
    marginTop: 26,
    marginBottom: 44,
    x: {
      label: 'k packets per second delivered →',
      labelAnchor: 'center',
      labelArrow: 'none',
      labelOffset: 38,
      domain: [Math.max(0, low - marginKpps), high + marginKpps],
      ticks: 6,
    },
    y: { type: 'band', domain: rows.map(({ id }) => id), padding: 0.3, axis: null },
    marks: [
      rowTitles(rows, 190),
      Plot.gridX({ ticks: 6, stroke: palette.grid, strokeOpacity: 1 }),
      Plot.ruleX([predictedPps / 1000], { stroke: palette.predicted, strokeDasharray: '2 3' }),
      Plot.barX(steps, {
        x1: 'from',
        x2: 'to',
        y: 'id',
        fill: ({ cause, from, to }: Step) => (cause === 'unexplained' ? 'url(#mpps-hatch)' : to >= from ? adds : takes),
        stroke: ({ cause }: Step) => (cause === 'unexplained' ? palette.fates.unaccounted : palette.ink),
        strokeWidth: 0.6,
      }),
      Plot.link(joints, { x1: 'at', x2: 'at', y1: 'above', y2: 'id', stroke: palette.muted, strokeWidth: 0.8 }),
      Plot.tickX([{ id: 'predicted', at: predictedPps / 1000 }], { x: 'at', y: 'id', stroke: palette.predicted, strokeWidth: 4 }),
      Plot.dot([{ id: 'measured', at: measuredPps / 1000 }], { x: 'at', y: 'id', r: 5, fill: palette.measured, stroke: palette.paper }),
      ...numberColumns(rows, [
        { header: 'pps', rightPx: 70, text: ({ text }) => text },
        { header: 'share', rightPx: 138, text: ({ id }) => shares.get(id) ?? '' },
      ]),
    ],
  });
}

function signed(pps: number): string {
  return `${pps < 0 ? '−' : '+'}${formatKpps(Math.abs(pps))} k`;
}
