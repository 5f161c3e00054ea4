/** Normal matrix and gradient of half the squared residuals, from a Jacobian with one row a parameter. */
export function normalMatrix(jacobian: number[][], values: number[]): { normal: number[][]; gradient: number[] } {
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);
  return { normal: jacobian.map((row) => jacobian.map((other) => dot(row, other))), gradient: jacobian.map((row) => dot(row, values)) };
}

/** Inverse of a symmetric positive definite matrix, by Gauss and Jordan. */
export function invert(matrix: number[][]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < size; i++) {
    const pivotRow = rows[i] ?? [];
    const pivot = pivotRow[i] ?? 0;
    if (!(Math.abs(pivot) > 1e-300)) throw new RangeError('invert: matrix must be positive definite');
    for (let j = 0; j < pivotRow.length; j++) pivotRow[j] = (pivotRow[j] ?? 0) / pivot;
    for (const [k, row] of rows.entries()) {
      const factor = row[i] ?? 0;
      if (k === i || factor === 0) continue;
      for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? 0) - factor * (pivotRow[j] ?? 0);
    }
  }
  return rows.map((row) => row.slice(size));
}
