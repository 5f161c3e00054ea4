import * as Plot from '@observablehq/plot';
import { palette } from './palette.js';

/** A column of text to the right of a chart: one cell a row. */
export interface NumberColumn<Row> {
  header: string;
  /** Distance of the column's right edge from the frame's right edge. */
  rightPx: number;
  text: (row: Row) => string;
}

/** Marks that write the figures of each row beside the row, so that nobody has to read them off the axis. */
export function numberColumns<Row extends { id: string }>(rows: readonly Row[], columns: readonly NumberColumn<Row>[]): Plot.Markish[] {
  return columns.flatMap(({ header, rightPx, text }) => [
    Plot.text(rows, { y: 'id', text, frameAnchor: 'right', textAnchor: 'end', dx: rightPx, fontVariant: 'tabular-nums', fill: palette.ink }),
    Plot.text([header], { frameAnchor: 'top-right', textAnchor: 'end', lineAnchor: 'bottom', dx: rightPx, dy: -6, fill: palette.muted }),
  ]);
}
