/**
 * Writes packets per second as thousands, with as many digits as a reader can use.
 * @example formatKpps(366_636) // => '367'
 * @example formatKpps(1_400_000) // => '1,400'
 */
export function formatKpps(pps: number): string {
  const kpps = pps / 1000;
  const digits = Math.abs(kpps) >= 99.95 || kpps === 0 ? 0 : Math.abs(kpps) >= 9.995 ? 1 : 2;
  const [whole = '', fraction] = Math.abs(kpps).toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${kpps < 0 ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}
