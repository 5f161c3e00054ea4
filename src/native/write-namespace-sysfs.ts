import { loadNative } from './load.js';

/**
 * Writes text into a sysfs file as a network namespace sees it, without mounting anything and without moving the caller.
 *
 * @param namespacePath such as `/run/netns/wire`
 * @param path below /sys, such as `class/net/eth2/queues/rx-0/rps_cpus`
 * @throws TypeError for a path that leaves sysfs; Error with code, errno and syscall when the kernel refuses
 */
export function writeNamespaceSysfs(namespacePath: string, path: string, text: string): void {
  if (!/^[\w-]+(\/[\w.:-]+)*$/.test(path) || path.split('/').includes('..')) {
    throw new TypeError(`writeNamespaceSysfs: path must be a relative path below /sys, got ${JSON.stringify(path)}`);
  }
  loadNative().writeNamespaceSysfs(namespacePath, path, text);
}
