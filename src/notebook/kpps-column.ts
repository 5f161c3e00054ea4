import type { TableColumn } from './table-column.js';

/**
 * A column of packets per second, shown in thousands.
 * @example table(runs, [kppsColumn('measured', (run) => run.outcome.deliveredPps)])
 */
export function kppsColumn<Row>(label: string, pps: (row: Row) => number | null): TableColumn<Row> {
  const inThousands = (row: Row) => {
    const value = pps(row);
    return value === null ? null : value / 1000;
  };
  return { label, value: inThousands, unit: 'k pps', digits: 0 };
}
