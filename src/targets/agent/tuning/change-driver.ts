import { type Change, type Journal, runCommand } from '../../../host/index.js';

/** An option of ethtool that changes a setting, and the one that shows it. */
type Option = Extract<Change, { kind: 'ethtool' }>['option'];

/**
 * Changes a setting of an interface's driver, journalled first.
 *
 * @param show arguments of ethtool that print the setting as it is
 * @param undo from what was printed to the arguments that bring it back; null when it cannot be brought back
 * @returns a line for the record
 * @throws {Error} with ethtool's own words when the driver does not support it
 */
export function changeDriver(
  journal: Journal,
  device: string,
  option: Option,
  wanted: string[],
  show: string[],
  undo: (printed: string) => string[] | null,
): string {
  const [showOption = '', ...rest] = show;
  const before = undo(runCommand(['ethtool', showOption, device, ...rest]));
  const command = `ethtool ${option} ${device} ${wanted.join(' ')}`;
  if (!before) throw new Error(`${command}: not done, because the setting as it is could not be brought back`);
  if (before.join(' ') === wanted.join(' ')) return `${command}: already so`;
  journal.willChange({ kind: 'ethtool', name: device, option, before });
  runCommand(['ethtool', option, device, ...wanted]);
  return `${command} (was ${before.join(' ')})`;
}
