/**
 * Seed of the stream that a list of numbers names, such as seed, replication, purpose, index. Neighbouring lists give
 * unrelated seeds; the mixing is the finaliser of MurmurHash3.
 */
export function streamSeed(...parts: number[]): number {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash = Math.imul(hash ^ part, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash;
}
