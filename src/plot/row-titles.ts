import * as Plot from '@observablehq/plot';
import { palette } from './palette.js';
import { wrapText } from './wrap-text.js';

/** Mark that writes the title of each row to the left of the frame, in at most three lines. */
export function rowTitles(rows: readonly { id: string; title: string }[], widthPx: number): Plot.Markish {
  return Plot.text(rows, {
    y: 'id',
    text: (row: { title: string }) => wrapText(row.title, widthPx - 12, 12, 3).join('\n'),
    frameAnchor: 'left',
    textAnchor: 'end',
    dx: -8,
    lineHeight: 1.1,
    fill: palette.ink,
  });
}
