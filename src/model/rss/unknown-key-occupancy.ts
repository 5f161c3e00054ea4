import { checkInteger } from '../formulas/check-integer.js';
import { randomNumbers } from '../predict/random-numbers.js';
import { estimateOccupancy } from './estimate-occupancy.js';
import type { Flow } from './flow.js';
import { flowBytes } from './flow-bytes.js';
import type { OccupancyEstimate } from './occupancy-estimate.js';
import type { RssNic } from './rss-nic.js';
import { tableOf } from './table-of.js';
import { toeplitzHash } from './toeplitz-hash.js';

/**
 * How many queues these flows hit when the NIC draws its Toeplitz key at random, by seeded draws of whole keys. Unlike
 * independent hashing it knows that the hash is linear: consecutive addresses differ in few bits, so that they share
 * queues far more, and far less, often than chance has it.
 *
 * @param nic queues, hashed fields and indirection table; its key does not matter
 * @param flows addresses and ports, 1 to 10,000 flows
 * @param options draws (from 100, default 4000, less where the flows are many) and seed (default 1)
 * @throws {RangeError} when a flow or the table is malformed
 * Source: learn.microsoft.com, "RSS hashing functions"; netdev_rss_key_fill draws uniformly random bytes.
 * @example
 * unknownKeyOccupancy({ queues: 1, hashFields: ['sourcePort'] }, [{ sourceAddress: '10.0.0.1', destinationAddress: '10.0.0.2', sourcePort: 1, destinationPort: 2 }]).meanBusy // => 1
 */
export function unknownKeyOccupancy(
  nic: Omit<RssNic, 'hashKey'>,
  flows: Flow[],
  { draws, seed = 1 }: { draws?: number; seed?: number } = {},
): OccupancyEstimate {
  checkInteger('unknownKeyOccupancy', 'flows.length', flows.length, 1, 10_000);
  if (draws !== undefined) checkInteger('unknownKeyOccupancy', 'draws', draws, 100, 1e6);
  const table = tableOf('unknownKeyOccupancy', nic);
  const inputs = flows.map((flow) => flowBytes(flow, nic.hashFields));
  const key = new Uint8Array(Math.max(...inputs.map(({ length }) => length)) + 4);
  const random = randomNumbers(seed);
  return estimateOccupancy(draws ?? Math.max(100, Math.min(4000, Math.floor(4e5 / flows.length))), nic.queues, () => {
    for (let index = 0; index < key.length; index++) key[index] = Math.floor(random() * 256);
    return new Set(inputs.map((input) => table[toeplitzHash(key, input) % table.length])).size;
  });
}
