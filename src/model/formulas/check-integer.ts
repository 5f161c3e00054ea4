/** Refuses what is not an integer in a range, with one line that names function, parameter, rule and value. */
export function checkInteger(caller: string, parameter: string, value: number, from: number, to = Number.POSITIVE_INFINITY): void {
  if (typeof value !== 'number') throw new TypeError(`${caller}: ${parameter} must be a number, got ${typeof value}`);
  if (Number.isInteger(value) && value >= from && value <= to) return;
  const range = to === Number.POSITIVE_INFINITY ? `from ${from}` : `from ${from} to ${to}`;
  throw new RangeError(`${caller}: ${parameter} must be an integer ${range}, got ${value}`);
}
