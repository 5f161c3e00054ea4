import type { Nic } from '../../experiment/experiment.js';
import type { Flow } from './flow.js';
import { flowBytes } from './flow-bytes.js';
import { toeplitzHash } from './toeplitz-hash.js';

/** Entries of the RSS indirection table of common hardware (sfc, ixgbe). */
const tableEntries = 128;

/**
 * RX queue that a NIC picks for a flow: entry `hash & 127` of the default indirection table, which holds `i % queues`.
 *
 * @param nic number of queues, fields that are hashed, and the key in hexadecimal
 * @param flow IPv4 addresses and ports
 * @throws {RangeError} when the key is unknown (null) or a field is malformed
 * Source: ethtool_rxfh_indir_default in include/linux/ethtool.h, efx.c of the sfc driver; table of 128 entries.
 * @example
 * rxQueue({ queues: 11, hashFields: ['sourceAddress', 'destinationAddress'], hashKey: '6d5a56da255b0ec24167253d43a38fb0' }, { sourceAddress: '192.168.254.30', destinationAddress: '192.168.254.1', sourcePort: 11404, destinationPort: 4321 }) // => 8
 */
export function rxQueue(nic: Pick<Nic, 'queues' | 'hashFields' | 'hashKey'>, flow: Flow): number {
  if (!Number.isInteger(nic.queues) || nic.queues < 1) throw new RangeError(`rxQueue: nic.queues must be an integer from 1, got ${nic.queues}`);
  if (typeof nic.hashKey !== 'string' || !/^([0-9a-f]{2}){16,52}$/i.test(nic.hashKey)) {
    throw new RangeError(`rxQueue: nic.hashKey must be 16 to 52 bytes in hexadecimal, got ${JSON.stringify(nic.hashKey)}`);
  }
  const key = Uint8Array.from(nic.hashKey.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  return (toeplitzHash(key, flowBytes(flow, nic.hashFields)) % tableEntries) % nic.queues;
}
