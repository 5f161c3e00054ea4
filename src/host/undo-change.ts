import { existsSync } from 'node:fs';
import type { Change } from './journal.js';
import { runCommand } from './run-command.js';

/** Says whether a network namespace bears this kit's mark: no other is ever touched. */
export function isOurNamespace(name: unknown): boolean {
  return typeof name === 'string' && /^mpps-[a-z0-9-]+$/.test(name);
}

/** Takes one change back; a change that was written down but never made needs nothing. @throws {RangeError} for a namespace that is not the kit's */
export function undoChange({ name }: Change): void {
  if (!isOurNamespace(name)) throw new RangeError(`undoChange: name must begin with mpps-, got ${name}`);
  // Interfaces, addresses, rules and settings inside a namespace go with it.
  if (existsSync(`/run/netns/${name}`)) runCommand(['ip', 'netns', 'delete', name]);
}
