import { kernelAtLeast } from '../stages/kernel-version.js';

/**
 * The counter of /proc/net/snmp that grows with every packet that found the socket buffer full. Before 3.16 the unlocked check counts
 * InErrors alone, so that RcvbufErrors holds only a part; since then both count it, and InErrors other errors besides.
 *
 * Source: udp_queue_rcv_skb in net/ipv4/udp.c; commit 3e215c8d1b6b (3.16).
 * @example
 * socketDropCounter('3.13') // => 'InErrors'
 * socketDropCounter('6.18.0') // => 'RcvbufErrors'
 */
export function socketDropCounter(kernelRelease: string): 'InErrors' | 'RcvbufErrors' {
  return kernelAtLeast(kernelRelease, 3, 16) ? 'RcvbufErrors' : 'InErrors';
}
