import { tableCells } from './table-cells.js';
import type { TableColumn } from './table-column.js';

/** The same table for a terminal: columns padded with spaces, two apart. */
export function tableText<Row extends object>(rows: readonly Row[], columns: readonly TableColumn<Row>[]): string {
  const padded = tableCells(rows, columns).map(({ heading, isNumeric, cells }) => {
    const width = Math.max(heading.length, ...cells.map((cell) => cell.length));
    return [heading, '-'.repeat(width), ...cells].map((cell) => (isNumeric ? cell.padStart(width) : cell.padEnd(width)));
  });
  return Array.from({ length: rows.length + 2 }, (_, line) =>
    padded
      .map((column) => column[line] ?? '')
      .join('  ')
      .trimEnd(),
  ).join('\n');
}
