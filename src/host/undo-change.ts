import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Change, isChange } from './change.js';
import { firewallRule } from './firewall-rule.js';
import { runCommand } from './run-command.js';

/**
 * Takes one change back; a change that was written down but never made needs nothing, and a setting that somebody else has changed since stays.
 *
 * @throws {RangeError} for what the kit does not change
 */
export function undoChange(change: Change): void {
  if (!isChange(change))
    throw new RangeError(`undoChange: change must be one of the kit's, a namespace must begin with mpps-, got ${JSON.stringify(change)}`);
  const { kind, name } = change;
  switch (kind) {
    case 'namespace':
      // Interfaces, addresses, rules and settings inside a namespace go with it.
      if (existsSync(`/run/netns/${name}`)) runCommand(['ip', 'netns', 'delete', name]);
      return;
    case 'setting':
      if (existsSync(name) && readFileSync(name, 'utf8').trim() === change.after) writeFileSync(name, change.before);
      return;
    case 'address':
      unlessGone(['ip', 'address', 'delete', change.address, 'dev', name]);
      return;
    case 'firewall':
      unlessGone(firewallRule('-D', change));
      return;
    case 'ethtool':
      unlessGone(['ethtool', change.option, name, ...change.before]);
  }
}

/** What was never made, or went with its interface, cannot be taken away. */
function unlessGone(argv: [string, ...string[]]): void {
  try {
    runCommand(argv);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECOMMAND') throw error;
  }
}
