import { kernelAtLeast } from '../stages/kernel-version.js';

/** How a kernel chooses among the sockets of a SO_REUSEPORT group. */
export type ReuseportEra = 'walk' | 'array';

/**
 * How a kernel release chooses among the sockets of a SO_REUSEPORT group: before 4.5 by a walk along the port's chain,
 * since then by an array in bind order.
 *
 * @throws {RangeError} before 3.9, which has no SO_REUSEPORT for UDP
 * Source: e32ea7e74727 (soreuseport: fast reuseport UDP socket selection), 4.5.
 * @example
 * reuseportEra('3.13.0-44-generic') // => 'walk'
 */
export function reuseportEra(release: string): ReuseportEra {
  if (!kernelAtLeast(release, 3, 9)) throw new RangeError(`reuseportEra: release must be at least 3.9, got ${JSON.stringify(release)}`);
  return kernelAtLeast(release, 4, 5) ? 'array' : 'walk';
}
