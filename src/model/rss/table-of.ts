import type { RssNic } from './rss-nic.js';

/** Entries of the RSS indirection table of common hardware (sfc, ixgbe). */
const defaultEntries = 128;

/** The indirection table of a NIC, its own or the default one, checked. */
export function tableOf(caller: string, { queues, indirectionTable }: Pick<RssNic, 'queues' | 'indirectionTable'>): number[] {
  if (!Number.isInteger(queues) || queues < 1) throw new RangeError(`${caller}: nic.queues must be an integer from 1, got ${queues}`);
  if (!indirectionTable) return Array.from({ length: defaultEntries }, (_, entry) => entry % queues);
  const { length } = indirectionTable;
  if (length < 1 || length > 65536 || (length & (length - 1)) !== 0)
    throw new RangeError(`${caller}: nic.indirectionTable must have a power of two of entries, up to 65536, got ${length}`);
  for (const [entry, queue] of indirectionTable.entries()) {
    if (!Number.isInteger(queue) || queue < 0 || queue >= queues)
      throw new RangeError(`${caller}: nic.indirectionTable[${entry}] must be a queue from 0 to ${queues - 1}, got ${queue}`);
  }
  return indirectionTable;
}
