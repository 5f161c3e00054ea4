import { InputError } from '../experiment/index.js';

/** Reads a flag that must be a whole number. @throws {InputError} naming flag, range and value */
export function wholeNumber(flag: string, value: string | number | boolean, least: number, most: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new InputError(`--${flag} must be a whole number from ${least} to ${most}, got ${value}`);
  return number;
}
