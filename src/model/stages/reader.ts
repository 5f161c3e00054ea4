import type { CostValues } from './cost-values.js';

/**
 * Stage 6, the reading thread: recvmmsg, then the application's own work. Flat in the batch size from 16 messages on
 * (measured for this kit on a two-CPU guest, Linux 6.18), so the batch is not a term.
 *
 * @param meanHandOverNs cache-line cost, averaged over the packets of the socket
 * @param otherCpus further CPUs that use the socket: producers and readers beyond the first of each
 * @returns nanoseconds a packet, wake-ups aside
 * Cost: readNs, readerContentionNs. Forced by the article's 638k from two producers and 437k from four (no constant cost gives both).
 */
export function readerPacketNs(
  meanHandOverNs: number,
  otherCpus: number,
  workNs: number,
  costs: Pick<CostValues, 'readNs' | 'readerContentionNs'>,
): number {
  return costs.readNs + meanHandOverNs + costs.readerContentionNs * otherCpus + workNs;
}
