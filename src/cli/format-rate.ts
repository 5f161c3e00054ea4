import { formatKpps } from '../plot/index.js';

/** Writes a rate for a column: 451,300 as `451k`, small ones as they are (`0.5`), and a dash for one that is not known. */
export function formatRate(perSecond: number | undefined): string {
  if (perSecond === undefined) return '–';
  if (perSecond >= 999.5) return `${formatKpps(perSecond)}k`;
  return perSecond > 0 && perSecond < 9.95 ? perSecond.toFixed(1) : perSecond.toFixed(0);
}
