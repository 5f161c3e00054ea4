import type { CostValues } from './cost-values.js';
import { uninterruptedShare } from './interruptions.js';

/**
 * Stage 6, the reading thread: recvmmsg, then the application's own work. Where the host has no readCallNs, readNs holds the call.
 *
 * @param meanHandOverNs cache-line cost, averaged over the packets of the socket
 * @param otherCpus further CPUs that use the socket: producers and readers beyond the first of each
 * @param callsPerPacket recvmmsg calls that each packet takes, from readCallsPerPacket()
 * @returns nanoseconds a packet from one to the next, wake-ups aside
 * Cost: readNs, readCallNs, readerContentionNs, interruptedRatio. Forced by the article's 638k from two producers and 437k from four (no constant cost gives both).
 */
export function readerPacketNs(
  meanHandOverNs: number,
  otherCpus: number,
  workNs: number,
  callsPerPacket: number,
  costs: Pick<CostValues, 'readNs' | 'readCallNs' | 'readerContentionNs' | 'interruptedRatio'>,
): number {
  const ownNs = costs.readNs + (costs.readCallNs ?? 0) * callsPerPacket + meanHandOverNs + costs.readerContentionNs * otherCpus + workNs;
  return ownNs / uninterruptedShare(costs);
}

/**
 * Calls that a packet takes. A call returns what is there, so that a reader that sleeps needs one for each wake-up, and besides one for each
 * full batch.
 *
 * @param wakeUps wake-ups a packet, 0 to 1
 * @param batchPackets messages that one call may return
 */
export function readCallsPerPacket(wakeUps: number, batchPackets: number): number {
  return wakeUps + (1 - wakeUps) / batchPackets;
}
