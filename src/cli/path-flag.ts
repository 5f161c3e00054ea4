import { InputError } from '../experiment/index.js';
import { type LabPath, labObstacles, labPaths, softwareNicObstacle } from '../lab/index.js';
import { isInUserNamespace } from './in-user-namespace.js';

export const pathFlag = { path: { value: 'PATH', text: `way to the socket: ${labPaths.join(', ')} (default veth)` } } as const;

/**
 * The receive path that a flag names, or the nearest to it that this machine has.
 *
 * @param say told in one line when it is another
 * @throws {InputError} for a name that is none
 */
export function pathOf(flag: string | boolean | undefined, say: (text: string) => void): LabPath {
  const path = labPaths.find((each) => each === (flag ?? 'veth'));
  if (!path) throw new InputError(`path must be one of ${labPaths.join(', ')}, got ${flag}`);
  if (path !== 'software-nic' || labObstacles().length) return path;
  const obstacle = softwareNicObstacle();
  if (obstacle === null) return path;
  // RPS is the host's to set, not that of a user namespace.
  const rest = isInUserNamespace() ? 'veth' : 'veth-rps';
  const meaning = {
    veth: 'packets are received on the sending CPU instead, and no ring overflows',
    'veth-rps': 'RPS moves the receive path to a CPU of its own instead, and its backlog stands for the ring',
  };
  say(`no software NIC here: ${obstacle}; ${meaning[rest]}`);
  return rest;
}
