import { InputError } from './errors.js';
import type { Host } from './host.js';
import { hostSchema } from './schemas.js';
import { validator } from './validator.js';

const validate = validator<Host>(hostSchema);

/**
 * Turns plain JSON into a Host.
 *
 * @throws {InputError} with one line that names field, rule and value
 */
export function parseHost(value: unknown, where = 'host'): Host {
  const host = validate(value, where);
  if (new Set(host.cpus.map(({ cpu }) => cpu)).size !== host.cpus.length) throw new InputError(`${where}: cpus must be listed once each`);
  for (const [name, cost] of Object.entries(host.costs)) {
    if (!(cost.low <= cost.value && cost.value <= cost.high)) {
      throw new InputError(`${where}: costs.${name}.value must be between low and high, got ${cost.low}, ${cost.value}, ${cost.high}`);
    }
  }
  return host;
}
