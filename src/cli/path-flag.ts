import { InputError } from '../experiment/index.js';
import { type LabPath, labPaths } from '../lab/index.js';

export const pathFlag = { path: { value: 'PATH', text: `way to the socket: ${labPaths.join(', ')} (default veth)` } } as const;

/** The receive path that a flag names. @throws {InputError} for another */
export function pathOf(flag: string | boolean | undefined): LabPath {
  const path = labPaths.find((each) => each === (flag ?? 'veth'));
  if (!path) throw new InputError(`path must be one of ${labPaths.join(', ')}, got ${flag}`);
  return path;
}
