import type { Change, Journal } from '../../../host/index.js';
import { runEthtool } from './run-ethtool.js';

/** An option of ethtool that changes a setting, and the one that shows it. */
type Option = Extract<Change, { kind: 'ethtool' }>['option'];

/**
 * Changes a setting of an interface's driver, journalled first.
 *
 * @param show arguments of ethtool that print the setting as it is
 * @param undo from what was printed to the arguments that bring it back; null when it cannot be brought back
 * @param dependent settings that the driver resets with this one, or takes back only after it
 * @returns a line for the record
 * @throws {Error} with ethtool's own words when the driver does not support it, and when it says yes and changes nothing
 */
export function changeDriver(
  journal: Journal,
  device: string,
  option: Option,
  wanted: string[],
  show: string[],
  undo: (printed: string) => string[] | null,
  dependent: readonly { option: Option; before: string[] }[] = [],
): string {
  const [showOption = '', ...rest] = show;
  const shown = () => undo(runEthtool(showOption, device, ...rest));
  const before = shown();
  const command = `ethtool ${option} ${device} ${wanted.join(' ')}`;
  if (!before) throw new Error(`${command}: not done, because the setting as it is could not be brought back`);
  if (before.join(' ') === wanted.join(' ')) return `${command}: already so`;
  // A journal is taken back from its end.
  for (const setting of [...dependent, { option, before }]) journal.willChange({ kind: 'ethtool', name: device, ...setting });
  runEthtool(option, device, ...wanted);
  const after = shown();
  if (after?.join(' ') === before.join(' ')) throw new Error(`${command}: the driver took it and left ${before.join(' ')} as it was`);
  const rounded = after && after.join(' ') !== wanted.join(' ') ? `, the driver made it ${after.join(' ')}` : '';
  return `${command} (was ${before.join(' ')}${rounded})`;
}
