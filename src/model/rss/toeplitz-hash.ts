/**
 * Toeplitz hash of receive side scaling: for each set bit of the input, from the first byte's highest bit on, the 32
 * key bits that start at that position are XORed together.
 *
 * @param key at least `input.length + 4` bytes: 16 for IPv4 with ports, 40 for IPv6 with ports
 * @param input header fields in network order: source address, destination address, source port, destination port
 * @returns an unsigned 32-bit number
 * @throws {TypeError} when key or input is not a Uint8Array
 * @throws {RangeError} when the key is too short for the input
 * Source: learn.microsoft.com, "RSS hashing functions".
 * @example
 * toeplitzHash(microsoftRssKey, Uint8Array.of(66, 9, 149, 187, 161, 142, 100, 80)) // => 0x323e8fc2
 */
export function toeplitzHash(key: Uint8Array, input: Uint8Array): number {
  if (!(key instanceof Uint8Array)) throw new TypeError(`toeplitzHash: key must be a Uint8Array, got ${typeof key}`);
  if (!(input instanceof Uint8Array)) throw new TypeError(`toeplitzHash: input must be a Uint8Array, got ${typeof input}`);
  if (key.length < input.length + 4) {
    throw new RangeError(`toeplitzHash: key must be at least ${input.length + 4} bytes for ${input.length} bytes of input, got ${key.length}`);
  }
  let hash = 0;
  let window = ((key[0] ?? 0) << 24) | ((key[1] ?? 0) << 16) | ((key[2] ?? 0) << 8) | (key[3] ?? 0);
  for (const [index, byte] of input.entries()) {
    const nextKeyByte = key[index + 4] ?? 0;
    for (let bit = 7; bit >= 0; bit--) {
      if ((byte >> bit) & 1) hash ^= window;
      window = (window << 1) | ((nextKeyByte >> bit) & 1);
    }
  }
  return hash >>> 0;
}
