import { checkInteger } from '../formulas/check-integer.js';
import type { ReuseportEra } from './reuseport-era.js';

/**
 * Socket of a SO_REUSEPORT group that gets a packet, counted in bind order.
 *
 * - `walk` (3.9 to 4.4): newest socket first; the n-th one visited replaces the choice when the hash times n stays below
 *   2^32, and the hash then moves on by a linear congruence. O(sockets) a packet.
 * - `array` (from 4.5): the hash scaled onto the array. A program attached by SO_ATTACH_REUSEPORT_CBPF or _EBPF comes
 *   first: its answer counts when it is below `sockets`. "Return the CPU" in cBPF puts each RX CPU on a socket of its own.
 *
 * Sockets connected to a peer, SO_INCOMING_CPU (honoured inside a group since 6.2 [recall]) and BPF_SK_LOOKUP are not covered.
 *
 * @param hash the flow's hash, 0 to 2^32 - 1, see `reuseportHash`
 * @param sockets in the group, 1 to 65535
 * @param era see `reuseportEra`
 * @param programAnswer what an attached program returned, where there is one; `walk` knows none
 * @throws {RangeError} when an argument is outside its range
 * Source: udp4_lib_lookup2 in net/ipv4/udp.c and next_pseudo_random32 in include/linux/random.h (3.x), reuseport_select_sock in net/core/sock_reuseport.c (6.x).
 * @example
 * reuseportSocket(0x80000000, 4, 'array') // => 2
 * reuseportSocket(0, 4, 'array', 3) // => 3
 */
export function reuseportSocket(hash: number, sockets: number, era: ReuseportEra, programAnswer?: number): number {
  checkInteger('reuseportSocket', 'hash', hash, 0, 0xffffffff);
  checkInteger('reuseportSocket', 'sockets', sockets, 1, 65535);
  if (era !== 'walk' && era !== 'array') throw new RangeError(`reuseportSocket: era must be "walk" or "array", got ${JSON.stringify(era)}`);
  if (era === 'array') {
    if (Number.isInteger(programAnswer) && programAnswer !== undefined && programAnswer >= 0 && programAnswer < sockets) return programAnswer;
    return Math.floor((hash * sockets) / 2 ** 32);
  }
  let chosen = sockets - 1;
  let walking = hash;
  for (let visited = 2; visited <= sockets; visited++) {
    if (walking * visited < 2 ** 32) chosen = sockets - visited;
    walking = (Math.imul(walking, 1664525) + 1013904223) >>> 0;
  }
  return chosen;
}
