import { Check } from './check.js';
import { loadNative } from './load.js';

/**
 * Switches a feature of a network interface in another network namespace, by the name that `ethtool -k` lists, such as
 * `tx-udp-segmentation`. It goes back with the interface.
 *
 * @param namespacePath such as `/run/netns/wire`
 * @throws TypeError for names that are none; Error with code, errno and syscall when the kernel refuses: ENODEV without such an
 *   interface, EOPNOTSUPP without such a feature or where the driver keeps it as it is
 */
export function setDeviceFeature(namespacePath: string, device: string, feature: string, on: boolean): void {
  const check = new Check('setDeviceFeature');
  check.device('device', device);
  check.oneOf('on', on, [true, false]);
  loadNative().setDeviceFeature(namespacePath, device, feature, on);
}
