import { InputError } from './errors.js';
import type { Run } from './run.js';
import { runSchema } from './schemas.js';
import { validator } from './validator.js';

const validate = validator<Run>(runSchema);

/**
 * Turns plain JSON into a Run.
 *
 * @throws {InputError} with one line that names field, rule and value
 */
export function parseRun(value: unknown, where = 'run'): Run {
  const run = validate(value, where);
  const { first, last } = run.window;
  if (!(first >= 0 && first < last && last < run.samples.length)) {
    throw new InputError(`${where}: window must lie inside samples (${run.samples.length}), got ${first} to ${last}`);
  }
  return run;
}
