import type { Nic } from '../../experiment/nic.js';

/** What decides the queue of a flow: number of queues, hashed fields, key in hexadecimal, and the table where it is not the default. */
export type RssNic = Pick<Nic, 'queues' | 'hashFields' | 'hashKey'> & {
  /** Queue of each entry, a power of two of them (`ethtool -x`); absent or null: 128 entries filled with `i % queues`. */
  indirectionTable?: number[] | null;
};
