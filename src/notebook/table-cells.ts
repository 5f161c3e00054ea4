import type { TableColumn, TableValue } from './table-column.js';

/** A column as text: its heading, its cells, and whether all are figures, which line up on the right. */
export interface TableCells {
  heading: string;
  isNumeric: boolean;
  cells: string[];
}

// Also figures that came as text, such as '≤ 1,000' or '+3.1 %', and cells that have none.
const figure = /^(–|[≤≥<>]?\s?[−+-]?(\d[\d,.]*|∞)\s?%?)$/;

/**
 * Writes rows as text, column by column.
 * @throws TypeError when rows or columns are no arrays, or a cell holds what no table can show
 */
export function tableCells<Row extends object>(rows: readonly Row[], columns: readonly TableColumn<Row>[]): TableCells[] {
  if (!Array.isArray(rows)) throw new TypeError(`table: rows must be an array, got ${typeof rows}`);
  if (!Array.isArray(columns)) throw new TypeError(`table: columns must be an array, got ${typeof columns}`);
  return columns.map((column: TableColumn<Row>) => {
    const values = rows.map((row) => cellValue(row, column));
    const numbers = values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
    const digits = column.digits ?? digitsFor(numbers);
    const cells = values.map((value) => format(value, digits));
    return {
      heading: column.unit === undefined ? column.label : `${column.label} (${column.unit})`,
      isNumeric: cells.some((cell) => /\d/.test(cell)) && cells.every((cell) => figure.test(cell)),
      cells,
    };
  });
}

function cellValue<Row extends object>(row: Row, column: TableColumn<Row>): TableValue {
  const value: unknown = typeof column.value === 'function' ? column.value(row) : row[column.value];
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new TypeError(`table: column "${column.label}" must hold text, numbers or booleans, got ${typeof value}`);
}

function digitsFor(numbers: readonly number[]): number {
  if (numbers.every(Number.isInteger)) return 0;
  const largest = Math.max(...numbers.map(Math.abs));
  return largest >= 100 ? 0 : largest >= 10 ? 1 : largest >= 1 ? 2 : 3;
}

function format(value: TableValue, digits: number): string {
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  // Not toLocaleString: what is installed on a machine must not change a committed output.
  const [whole = '', fraction] = Math.abs(value).toFixed(digits).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}
