import { type RateCell, rateCurves, rateHeatMap } from '../plot/index.js';
import { shortenText } from '../plot/shorten-text.js';
import type { SweepRow, SweepTable } from '../sweep/index.js';

/** Room for a heading in a chart. */
const headingWidthPx = 720;
const headingFontPx = 16;

/**
 * Draws what was delivered: one axis of numbers as a curve, two axes as a heat map, the mean where a point was answered several times.
 *
 * @returns null when nothing of that fits
 */
export function sweepChart({ id, title, axes, rows }: SweepTable): string | null {
  const [first, second, third] = axes;
  const heading = shortenText(title || id, headingWidthPx, headingFontPx);
  if (first === undefined || third !== undefined) return null;
  if (second !== undefined) {
    const cells = meansOf(rows, (row): Omit<RateCell, 'pps'> => ({ column: text(row[first]), row: text(row[second]) }));
    return rateHeatMap(cells, { heading, columnLabel: first, rowLabel: second, what: 'delivered' });
  }
  const points = meansOf(rows, (row) => ({ x: row[first] }));
  const numbers = points.flatMap(({ x, pps }) => (typeof x === 'number' && pps !== null ? [{ x, pps }] : []));
  if (numbers.length < 2 || numbers.length < points.length) return null;
  numbers.sort((one, other) => one.x - other.x);
  return rateCurves([{ label: 'delivered', points: numbers }], { heading, xLabel: first });
}

/** One point for all rows that stand at the same place; without a figure where none of them has one. */
function meansOf<Place extends object>(rows: readonly SweepRow[], placeOf: (row: SweepRow) => Place): (Place & { pps: number | null })[] {
  const places = new Map<string, { place: Place; rates: number[] }>();
  for (const row of rows) {
    const place = placeOf(row);
    const key = JSON.stringify(place);
    const found = places.get(key) ?? { place, rates: [] };
    places.set(key, found);
    if (row.deliveredPps !== null) found.rates.push(row.deliveredPps);
  }
  return [...places.values()].map(({ place, rates }) => ({
    ...place,
    pps: rates.length ? rates.reduce((sum, rate) => sum + rate, 0) / rates.length : null,
  }));
}

function text(value: unknown): string {
  return typeof value === 'number' ? value.toLocaleString('en-US') : value === null ? 'none' : JSON.stringify(value);
}
