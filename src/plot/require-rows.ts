/**
 * Refuses rows that a chart could only draw wrongly.
 * @throws TypeError when `rows` is no array, RangeError when it is empty, an id repeats, or a named field is not a finite number ≥ 0.
 */
export function requireRows<Row extends object>(chart: string, rows: readonly Row[], numbers: readonly (keyof Row & string)[]): void {
  if (!Array.isArray(rows)) throw new TypeError(`${chart}: rows must be an array, got ${typeof rows}`);
  if (rows.length === 0) throw new RangeError(`${chart}: rows must hold at least one row, got 0`);
  const ids = new Set<unknown>();
  rows.forEach((row: Row, index) => {
    for (const field of numbers) requireRate(chart, `rows[${index}].${field}`, row[field]);
    if (!('id' in row)) return;
    if (ids.has(row.id)) throw new RangeError(`${chart}: rows[${index}].id must be unique, got ${JSON.stringify(row.id)} again`);
    ids.add(row.id);
  });
}

/** Refuses what is no rate. */
export function requireRate(chart: string, field: string, value: unknown): void {
  if (typeof value !== 'number') throw new TypeError(`${chart}: ${field} must be a number, got ${value === null ? 'null' : typeof value}`);
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`${chart}: ${field} must be finite and at least 0, got ${value}`);
}
