import type { RssNic } from './rss-nic.js';
import { tableOf } from './table-of.js';

/**
 * Number of indirection table entries that each queue owns: what a hash with an unknown key is spread by.
 *
 * @throws {RangeError} when the table is malformed
 * @example
 * queueWeights({ queues: 11 }) // => [12, 12, 12, 12, 12, 12, 12, 11, 11, 11, 11]
 */
export function queueWeights(nic: Pick<RssNic, 'queues' | 'indirectionTable'>): number[] {
  const weights = new Array<number>(nic.queues).fill(0);
  for (const queue of tableOf('queueWeights', nic)) weights[queue] = (weights[queue] ?? 0) + 1;
  return weights;
}
