import { InputError } from './errors.js';
import { sweepSchema } from './schemas.js';
import type { Sweep } from './sweep.js';
import { validator } from './validator.js';

const validate = validator<Sweep>(sweepSchema);

/** More answers than this are a mistake more often than a wish. */
const mostJobs = 100_000;
/** Names of fields and places in lists, parted by dots; what tells points apart for people is not an axis. */
const fieldPath = /^(?!(id|title|assumed)(\.|$))[a-z][A-Za-z0-9]*(\.([A-Za-z0-9]+|\*))*$/;

/** Fields that mean something to some answers only. */
const onlyFor: Partial<Record<keyof Sweep, Sweep['answer'][]>> = {
  host: ['predict', 'simulate'],
  seeds: ['simulate'],
  seconds: ['simulate'],
  replications: ['simulate'],
  repeats: ['measure'],
  hosts: ['measure'],
};

/**
 * Turns plain JSON into a Sweep: fills defaults, refuses unknown keys, fields that the answer has no use for, and matrices of more than 100 000
 * answers.
 *
 * @throws {InputError} with one line that names field, rule and value
 * @example
 * parseSweep({ id: 'batches', base: 'pinned', vary: { 'receiver.batchPackets': [1, 64] } }).answer // => 'predict'
 */
export function parseSweep(value: unknown, where = 'sweep'): Sweep {
  const sweep = validate(value, where);
  for (const [field, answers] of Object.entries(onlyFor)) {
    if (Object.hasOwn(value as object, field) && !answers.includes(sweep.answer))
      throw new InputError(`${where}: ${field} must be left out unless answer is ${answers.join(' or ')}, which is ${sweep.answer}`);
  }
  const wrong = Object.keys(sweep.vary).find((path) => !fieldPath.test(path));
  if (wrong !== undefined)
    throw new InputError(
      `${where}: vary must be keyed by fields such as receiver.batchPackets or sources.0.offeredPps, got ${JSON.stringify(wrong)}`,
    );
  const times = sweep.answer === 'simulate' ? sweep.seeds.length : sweep.answer === 'measure' ? sweep.repeats : 1;
  const jobs = Object.values(sweep.vary).reduce((product, values) => product * values.length, times);
  if (jobs > mostJobs) throw new InputError(`${where}: vary must make at most ${mostJobs} answers, got ${jobs}`);
  return sweep;
}
