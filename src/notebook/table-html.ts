import { escapeXml } from '../plot/escape-xml.js';
import { tableCells } from './table-cells.js';
import type { TableColumn } from './table-column.js';

/**
 * HTML of a plain table: text on the left, figures on the right, units in the headings, no script. Reads well in print.
 * @example tableHtml(outcomes, [{ label: 'delivered', value: (o) => o.deliveredPps / 1000, unit: 'k pps' }])
 */
export function tableHtml<Row extends object>(rows: readonly Row[], columns: readonly TableColumn<Row>[]): string {
  const written = tableCells(rows, columns);
  const align = (isNumeric: boolean) => (isNumeric ? 'right' : 'left');
  const style = (isNumeric: boolean, line: string) =>
    `style="text-align:${align(isNumeric)};padding:3px 12px;border-bottom:${line};font-variant-numeric:tabular-nums"`;
  const head = written.map(({ heading, isNumeric }) => `<th scope="col" ${style(isNumeric, '2px solid #222')}>${escapeXml(heading)}</th>`).join('');
  const body = rows.map(
    (_, index) =>
      `<tr>${written.map(({ cells, isNumeric }) => `<td ${style(isNumeric, '1px solid #ddd')}>${escapeXml(cells[index] ?? '')}</td>`).join('')}</tr>`,
  );
  return `<table style="border-collapse:collapse;margin:0;color:#222;background:#fff"><thead><tr>${head}</tr></thead>\n<tbody>${body.join('\n')}</tbody></table>\n`;
}
