import type { Losses } from '../experiment/index.js';
import { fateNames } from './fate-names.js';
import { formatPercent } from './format-percent.js';

/** Says where packets died, the worst place first: `12 % socket buffer full`. Places below a thousandth are left out. */
export function lossesText(losses: Losses, offered: number): string {
  const places = (Object.entries(losses) as [keyof Losses, number][])
    .filter(([, lost]) => lost > offered / 1000)
    .sort(([, a], [, b]) => b - a)
    .map(([place, lost]) => `${formatPercent(lost / offered)} ${fateNames[place]}`);
  return places.join(', ') || 'nowhere';
}
