import { existsSync } from 'node:fs';
import type { Change } from './journal.js';
import { runCommand } from './run-command.js';

/** Takes one change back; a change that was written down but never made needs nothing. @throws {RangeError} for a namespace that is not the kit's */
export function undoChange(change: Change): void {
  if (!/^mpps-[a-z0-9-]+$/.test(change.name)) throw new RangeError(`undoChange: name must begin with mpps-, got ${change.name}`);
  // Interfaces, addresses, rules and settings inside a namespace go with it.
  if (existsSync(`/run/netns/${change.name}`)) runCommand(['ip', 'netns', 'delete', change.name]);
}
