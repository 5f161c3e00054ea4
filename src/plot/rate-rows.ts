import type { ChartOptions } from './svg.js';

/** Room on the left for the titles of the rows, in pixels. */
export const titlesPx = 210;

/** Frame of a chart with one row an experiment: titles on the left, received rates along the bottom, columns of figures on the right. */
export function rateRows(
  ids: readonly string[],
): Pick<ChartOptions, 'height' | 'marginLeft' | 'marginRight' | 'marginTop' | 'marginBottom' | 'x' | 'y'> {
  return {
    height: 70 + 42 * ids.length,
    marginLeft: titlesPx,
    marginRight: 212,
    marginTop: 26,
    marginBottom: 44,
    x: {
      label: 'received, k packets per second →',
      labelAnchor: 'center',
      labelArrow: 'none',
      labelOffset: 38,
      grid: true,
      zero: true,
      nice: true,
      ticks: 5,
    },
    y: { type: 'band', domain: [...ids], padding: 0.25, axis: null },
  };
}
