import { Check } from './check.js';
import { loadNative } from './load.js';

/**
 * Says whether a device of a network namespace may be left to fill in the checksums of packets, as `ethtool -K DEVICE tx on|off` does.
 * A veth never fills them in; XDP on its far end then hands up packets whose checksum is wrong.
 *
 * @throws TypeError for a device that has no such name; Error with code, errno and syscall when the kernel refuses
 */
export function setTransmitChecksums(namespacePath: string, device: string, byDevice: boolean): void {
  new Check('setTransmitChecksums').device('device', device);
  loadNative().setTransmitChecksums(namespacePath, device, byDevice);
}
