/**
 * Writes a ratio as a percentage. A share too small for its digits is shown as such, never as zero.
 * @example formatPercent(0.0004) // => '<0.1 %'
 */
export function formatPercent(ratio: number): string {
  if (ratio === 0) return '0 %';
  const size = Math.abs(ratio) * 100;
  const sign = ratio < 0 ? '−' : '';
  if (size < 0.1) return `${sign}<0.1 %`;
  return `${sign}${size.toFixed(size < 9.95 ? 1 : 0)} %`;
}
