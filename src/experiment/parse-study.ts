import { InputError } from './errors.js';
import { studySchema } from './schemas.js';
import type { Study } from './study.js';
import { validator } from './validator.js';

const validate = validator<Study>(studySchema);

/**
 * Turns plain JSON into a Study: fills defaults, refuses unknown keys and impossible values.
 *
 * @throws {InputError} with one line that names field, rule and value
 * @example
 * parseStudy({ id: 'mine', experiments: ['pinned'] }).repeats // => 5
 */
export function parseStudy(value: unknown, where = 'study'): Study {
  const study = validate(value, where);
  const twice = study.experiments.find((name, index) => study.experiments.indexOf(name) !== index);
  if (twice !== undefined) throw new InputError(`${where}: experiments must be named once each, got ${JSON.stringify(twice)} twice`);
  return study;
}
