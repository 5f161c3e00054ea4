import { kernelDisplay } from './kernel-display.js';
import type { TableColumn } from './table-column.js';
import { tableHtml } from './table-html.js';
import { tableText } from './table-text.js';

/**
 * Shows rows as a table under the cell: figures on the right, units in the headings. Outside a notebook it prints the table.
 * @throws TypeError when rows or columns are no arrays, or a cell holds what no table can show
 * @example table(rows, [{ label: 'configuration', value: 'title' }, { label: 'delivered', value: (row) => row.pps / 1000, unit: 'k pps' }])
 */
export function table<Row extends object>(rows: readonly Row[], columns: readonly TableColumn<Row>[]): void {
  const kernel = kernelDisplay();
  if (kernel === null) console.log(tableText(rows, columns));
  else kernel.display.html(tableHtml(rows, columns));
}
