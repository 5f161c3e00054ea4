/**
 * Writes a relative error with its sign: predicted / observed − 1.
 * @example formatError(-0.0161) // => '−1.6 %'
 */
export function formatError(error: number): string {
  if (!Number.isFinite(error)) return '–';
  const percent = (Math.abs(error) * 100).toFixed(Math.abs(error) < 0.0995 ? 1 : 0);
  if (Number(percent) === 0) return '0.0 %';
  return `${error < 0 ? '−' : '+'}${percent} %`;
}
