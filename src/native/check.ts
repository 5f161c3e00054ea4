import { isIPv4 } from 'node:net';

/** Checks the arguments of one function; every failure reads `function: field must be rule, got value`. */
export class Check {
  constructor(readonly caller: string) {}

  /** @throws TypeError unless it is an object that has these fields only */
  fields(field: string, value: unknown, names: readonly string[]): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.#typeError(field, 'an object', value);
    for (const name of Object.keys(value)) {
      if (!names.includes(name)) throw new TypeError(`${this.caller}: ${field} must have only the fields ${names.join(', ')}, got ${name}`);
    }
  }

  /** @throws TypeError unless it is an array; RangeError when it is empty or too long */
  list(field: string, value: unknown, most: number): void {
    const rule = `a list of 1 to ${most}`;
    if (!Array.isArray(value)) throw this.#typeError(field, rule, value);
    if (value.length < 1 || value.length > most) throw this.#rangeError(field, rule, `${value.length} elements`);
  }

  /** @throws TypeError unless it is a number; RangeError unless it is whole and within the limits */
  integer(field: string, value: unknown, low: number, high: number): void {
    const rule = `an integer from ${low} to ${high}`;
    if (typeof value !== 'number') throw this.#typeError(field, rule, value);
    if (!Number.isInteger(value) || value < low || value > high) throw this.#rangeError(field, rule, value);
  }

  /** @throws TypeError unless it is a number; RangeError unless it is above `above` and at most `high` */
  numberAbove(field: string, value: unknown, above: number, high: number): void {
    const rule = `a number above ${above} and at most ${high}`;
    if (typeof value !== 'number') throw this.#typeError(field, rule, value);
    if (!(value > above && value <= high)) throw this.#rangeError(field, rule, value);
  }

  /** @throws TypeError unless it is one of the values */
  oneOf(field: string, value: unknown, values: readonly unknown[]): void {
    if (!values.includes(value)) throw this.#typeError(field, `one of ${values.join(', ')}`, value);
  }

  /** @throws TypeError unless it is an IPv4 address in dotted form */
  address(field: string, value: unknown): void {
    if (typeof value !== 'string' || !isIPv4(value)) throw this.#typeError(field, 'an IPv4 address', value);
  }

  /** @throws TypeError unless it is a hardware address in the form 02:00:00:00:fe:01 */
  mac(field: string, value: unknown): void {
    if (typeof value !== 'string' || !/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(value)) throw this.#typeError(field, 'a hardware address', value);
  }

  /** @throws TypeError unless it is the name of a network interface */
  device(field: string, value: unknown): void {
    if (typeof value !== 'string' || !/^[\w.-]{1,15}$/.test(value)) throw this.#typeError(field, 'the name of a network interface', value);
  }

  /** @throws TypeError or RangeError unless it is null or the number of a CPU */
  cpu(field: string, value: unknown): void {
    if (value !== null) this.integer(field, value, 0, 8191);
  }

  #typeError(field: string, rule: string, value: unknown): TypeError {
    return new TypeError(`${this.caller}: ${field} must be ${rule}, got ${show(value)}`);
  }

  #rangeError(field: string, rule: string, value: unknown): RangeError {
    return new RangeError(`${this.caller}: ${field} must be ${rule}, got ${show(value)}`);
  }
}

function show(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
