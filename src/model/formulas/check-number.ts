/** Refuses what is not a finite number in a range, with one line that names function, parameter, rule and value. */
export function checkNumber(caller: string, parameter: string, value: number, from = 0, to = Number.POSITIVE_INFINITY): void {
  if (typeof value !== 'number') throw new TypeError(`${caller}: ${parameter} must be a number, got ${typeof value}`);
  if (Number.isFinite(value) && value >= from && value <= to) return;
  const range = to === Number.POSITIVE_INFINITY ? `finite and at least ${from}` : `a number from ${from} to ${to}`;
  throw new RangeError(`${caller}: ${parameter} must be ${range}, got ${value}`);
}
