import { checkInteger } from './check-integer.js';

/**
 * Probability that exactly j of `bins` bins are hit when `flows` flows are hashed uniformly and independently; index j
 * runs from 0 to bins. What RSS with a random key does to flows, and SO_REUSEPORT with its boot secret.
 *
 * @param flows number of distinct hash keys, 0 to 1e6
 * @param bins number of queues or sockets, 1 to 1e4
 * @throws {RangeError} when flows or bins is not such an integer
 * Source: classical occupancy (Feller I, II.5); computed flow by flow, which unlike the alternating sum loses no digits.
 * @example
 * occupancy(2, 4) // => [0, 0.25, 0.75, 0, 0]
 */
export function occupancy(flows: number, bins: number): number[] {
  checkInteger('occupancy', 'flows', flows, 0, 1e6);
  checkInteger('occupancy', 'bins', bins, 1, 1e4);
  const busy = new Array<number>(bins + 1).fill(0);
  busy[0] = 1;
  for (let flow = 0; flow < flows; flow++) {
    for (let j = Math.min(flow + 1, bins); j >= 1; j--) {
      busy[j] = ((busy[j] ?? 0) * j + (busy[j - 1] ?? 0) * (bins - j + 1)) / bins;
    }
    busy[0] = 0;
  }
  return busy;
}
