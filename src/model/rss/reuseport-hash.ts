import { checkInteger } from '../formulas/check-integer.js';
import { kernelAtLeast } from '../stages/kernel-version.js';
import { addressBytes } from './address-bytes.js';
import type { Flow } from './flow.js';

/**
 * Hash by which Linux chooses among UDP sockets of a SO_REUSEPORT group, IPv4, on a little-endian machine. The secret is
 * drawn once a boot, so nobody can know it; this shows what the hash does and does not read.
 *
 * From 5.0 on [version recall] a group bound to any address is found by a second lookup that stands 0.0.0.0 for the
 * destination: packets that differ in nothing but the destination address then all reach one socket. Before, that holds
 * only where more than ten sockets share a port's chain, which this leaves out.
 *
 * @param flow IPv4 addresses and ports as the packet carries them
 * @param secret 0 to 2^32 - 1
 * @param lookup kernel release, and whether the group is bound to any address rather than to the destination
 * @throws {RangeError} when the flow is not IPv4 or the secret is outside its range
 * Source: udp_ehashfn, jhash_3words in include/linux/jhash.h (lookup3, Bob Jenkins, 2006); 4cdeeee9252a (net: udp: prefer
 * listeners bound to an address).
 * @example
 * reuseportHash({ sourceAddress: '10.0.0.1', destinationAddress: '10.0.0.2', sourcePort: 5, destinationPort: 6 }, 1, { release: '6.1', anyAddress: true }) === reuseportHash({ sourceAddress: '10.0.0.1', destinationAddress: '10.0.0.3', sourcePort: 5, destinationPort: 6 }, 1, { release: '6.1', anyAddress: true }) // => true
 */
export function reuseportHash(flow: Flow, secret: number, { release, anyAddress }: { release: string; anyAddress: boolean }): number {
  checkInteger('reuseportHash', 'secret', secret, 0, 0xffffffff);
  checkInteger('reuseportHash', 'flow.sourcePort', flow.sourcePort, 0, 65535);
  checkInteger('reuseportHash', 'flow.destinationPort', flow.destinationPort, 0, 65535);
  const local = anyAddress && kernelAtLeast(release, 5, 0) ? 0 : addressWord(flow, 'destinationAddress');
  const foreignPort = ((flow.sourcePort & 255) << 8) | (flow.sourcePort >> 8);
  return jenkinsHash(local, addressWord(flow, 'sourceAddress'), (flow.destinationPort << 16) | foreignPort, secret);
}

/** Four bytes in network order, as a little-endian machine loads them. */
function addressWord(flow: Flow, field: 'sourceAddress' | 'destinationAddress'): number {
  const bytes = addressBytes(flow[field]);
  if (bytes?.length !== 4) throw new RangeError(`reuseportHash: flow.${field} must be an IPv4 address, got ${JSON.stringify(flow[field])}`);
  return bytes.reduceRight((word, byte) => (word << 8) | byte, 0);
}

function jenkinsHash(first: number, second: number, third: number, seed: number): number {
  const start = (0xdeadbeef + 12 + seed) | 0;
  let [a, b, c] = [(first + start) | 0, (second + start) | 0, (third + start) | 0];
  c = ((c ^ b) - rotate(b, 14)) | 0;
  a = ((a ^ c) - rotate(c, 11)) | 0;
  b = ((b ^ a) - rotate(a, 25)) | 0;
  c = ((c ^ b) - rotate(b, 16)) | 0;
  a = ((a ^ c) - rotate(c, 4)) | 0;
  b = ((b ^ a) - rotate(a, 14)) | 0;
  c = ((c ^ b) - rotate(b, 24)) | 0;
  return c >>> 0;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
