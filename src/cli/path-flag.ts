import os from 'node:os';
import { InputError } from '../experiment/index.js';
import { labObstacles, type MeasurePath, measurePaths, softwareNicObstacle } from '../lab/index.js';
import { isInUserNamespace } from './in-user-namespace.js';

export const pathFlag = { path: { value: 'PATH', text: `way to the socket: ${measurePaths.join(', ')} (default veth)` } } as const;

/**
 * The receive path that a flag names, or the nearest to it that this machine has.
 *
 * @param say told in one line when it is another
 * @throws {InputError} for a name that is none
 */
export function pathOf(flag: string | boolean | undefined, say: (text: string) => void): MeasurePath {
  const path = measurePaths.find((each) => each === (flag ?? 'veth'));
  if (!path) throw new InputError(`path must be one of ${measurePaths.join(', ')}, got ${flag}`);
  if (path === 'loopback' || os.platform() !== 'linux') return path;
  const [labObstacle] = labObstacles();
  if (labObstacle) {
    say(`no lab here: ${labObstacle}; measuring over loopback, where packets are received on the sending CPU and costs stay assumed`);
    return 'loopback';
  }
  if (path !== 'software-nic') return path;
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
