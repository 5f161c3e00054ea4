import type { HashField } from '../experiment/index.js';
import { toeplitzHash } from '../model/index.js';

/** Where each field lies among the twelve bytes that the software NIC hashes. */
const layout: { field: HashField; bytes: number }[] = [
  { field: 'sourceAddress', bytes: 4 },
  { field: 'destinationAddress', bytes: 4 },
  { field: 'sourcePort', bytes: 2 },
  { field: 'destinationPort', bytes: 2 },
];

/**
 * What each value of each header byte adds to the Toeplitz hash. The hash is linear: that of a packet is the XOR of what its bytes add,
 * so a program needs one table lookup a byte and no key. Fields that do not count add nothing, and those that do move up in the key.
 *
 * @param key RSS key, at least four bytes longer than the fields together
 * @returns 12 times 256 numbers: source address, destination address, source port, destination port
 * @throws {RangeError} when the key is too short
 * Source: Microsoft, "RSS hashing functions".
 */
export function hashOfByte(key: Uint8Array, fields: readonly HashField[]): Uint32Array {
  const chosen = layout.filter(({ field }) => fields.includes(field));
  const inputBytes = chosen.reduce((sum, { bytes }) => sum + bytes, 0);
  const positions = layout.flatMap(({ field, bytes }) => {
    const before = chosen.slice(
      0,
      chosen.findIndex((each) => each.field === field),
    );
    const start = before.reduce((sum, each) => sum + each.bytes, 0);
    return Array.from({ length: bytes }, (_, index) => (fields.includes(field) ? start + index : null));
  });
  const table = new Uint32Array(positions.length * 256);
  for (const [row, position] of positions.entries()) {
    if (position === null) continue;
    for (let value = 0; value < 256; value++) {
      const input = new Uint8Array(inputBytes);
      input[position] = value;
      table[row * 256 + value] = toeplitzHash(key, input);
    }
  }
  return table;
}
