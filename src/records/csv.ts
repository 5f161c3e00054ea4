/** One value of a CSV table; null is an empty cell. */
export type CsvValue = string | number | boolean | null;

/**
 * A table as CSV: a heading, commas, CRLF, quotes where needed. Texts that a spreadsheet would take for a formula get an apostrophe in front.
 *
 * @param rows each with the same fields in the same order
 * @source RFC 4180
 */
export function csv(rows: readonly Record<string, CsvValue>[]): string {
  const fields = Object.keys(rows[0] ?? {});
  return [fields, ...rows.map((row) => fields.map((field) => row[field] ?? null))].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

function cell(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
