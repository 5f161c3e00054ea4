/** What a cell of a table may hold; null, undefined and NaN are shown as a dash. */
export type TableValue = string | number | boolean | null | undefined;

/** One column of a table. */
export interface TableColumn<Row> {
  /** Heading of the column. */
  label: string;
  /** Field of the row, or a function that works the value out. */
  value: (keyof Row & string) | ((row: Row) => TableValue);
  /** Unit, written once in the heading. */
  unit?: string | undefined;
  /** Digits after the point. Default: as many as the largest figure of the column needs, at most 3. */
  digits?: number | undefined;
}
