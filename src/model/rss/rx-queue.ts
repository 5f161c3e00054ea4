import type { Flow } from './flow.js';
import { flowBytes } from './flow-bytes.js';
import type { RssNic } from './rss-nic.js';
import { tableOf } from './table-of.js';
import { toeplitzHash } from './toeplitz-hash.js';

/**
 * RX queue that a NIC picks for a flow: the entry of its indirection table at the low bits of the Toeplitz hash. Without
 * a table of its own it is the default one, entry `i` of 128 holding `i % queues`.
 *
 * @param nic number of queues, fields that are hashed, the key in hexadecimal, and maybe an indirection table
 * @param flow IPv4 or IPv6 addresses and ports; IPv6 with ports needs a key of 40 bytes
 * @throws {RangeError} when the key is unknown (null) or a field is malformed
 * Source: ethtool_rxfh_indir_default in include/linux/ethtool.h, efx.c of the sfc driver; table of 128 entries.
 * @example
 * rxQueue({ queues: 11, hashFields: ['sourceAddress', 'destinationAddress'], hashKey: '6d5a56da255b0ec24167253d43a38fb0' }, { sourceAddress: '192.168.254.30', destinationAddress: '192.168.254.1', sourcePort: 11404, destinationPort: 4321 }) // => 8
 */
export function rxQueue(nic: RssNic, flow: Flow): number {
  const table = tableOf('rxQueue', nic);
  if (typeof nic.hashKey !== 'string' || !/^([0-9a-f]{2}){16,52}$/i.test(nic.hashKey)) {
    throw new RangeError(`rxQueue: nic.hashKey must be 16 to 52 bytes in hexadecimal, got ${JSON.stringify(nic.hashKey)}`);
  }
  const key = Uint8Array.from(nic.hashKey.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  return table[toeplitzHash(key, flowBytes(flow, nic.hashFields)) % table.length] ?? 0;
}
