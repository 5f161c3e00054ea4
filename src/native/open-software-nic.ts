import { checkSoftwareNicConfig } from './check-software-nic-config.js';
import type { NativeSoftwareNic, SoftwareNicConfig } from './contract.js';
import { loadNative } from './load.js';

/**
 * Puts a multi-queue network card in front of a veth: an XDP program in its driver hashes each UDP packet to a queue, and a kernel thread
 * on the queue's CPU takes the packets out of the queue's ring and up the network stack. It is gone with this process, however that ends.
 *
 * @throws TypeError or RangeError for a wrong config; Error with code, errno and syscall when a system call fails, with the whole log of
 *   the verifier when it was that
 * @see kernel/bpf/cpumap.c; Microsoft, "RSS hashing functions"
 */
export function openSoftwareNic(config: SoftwareNicConfig): NativeSoftwareNic {
  checkSoftwareNicConfig('openSoftwareNic', config);
  return new (loadNative().NativeSoftwareNic)(config);
}
