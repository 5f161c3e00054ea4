/** Slice of a thread that never sleeps: sched_min_granularity of CFS and the base slice of EEVDF, about 3 ms. Assumed. */
const sliceNs = 3e6;

/** A reader that shares its CPU with threads that never sleep. */
export interface SlicedReader {
  /** Packets per second that it delivers. */
  deliveredPps: number;
  /** Share of the CPU that it gets. */
  share: number;
}

/**
 * Coupling: a reader beside a flooding sender runs in slices, not as a fluid. While the sender runs, the buffer fills
 * and the rest is lost; then the reader drains it, sleeps, and the sender runs again.
 *
 * @param senders flooding threads on the CPU
 * @param localPps packets per second for this socket sent from this CPU, averaged over both slices
 * @param remotePps packets per second for this socket from other CPUs
 * @param senderShare share of the CPU that the senders have in the current estimate
 * Source: measured for this kit on a two-CPU guest, Linux 6.18: "per slice pair: received = arrivals while running + one buffer", right in size, not in digits.
 */
export function slicedReader(
  senders: number,
  localPps: number,
  remotePps: number,
  senderShare: number,
  bufferPackets: number,
  packetNs: number,
): SlicedReader {
  const awayNs = senders * sliceNs;
  const awayPps = remotePps + localPps / Math.max(senderShare, 1e-3);
  const backlogPackets = Math.min(bufferPackets, (awayPps * awayNs) / 1e9);
  const remoteLoad = (remotePps * packetNs) / 1e9;
  const drainNs = remoteLoad < 1 ? (backlogPackets * packetNs) / (1 - remoteLoad) : sliceNs;
  const runNs = Math.min(sliceNs, drainNs);
  const packets = Math.min(backlogPackets + (remotePps * runNs) / 1e9, runNs / packetNs);
  return { deliveredPps: (packets * 1e9) / (awayNs + runNs), share: runNs / (awayNs + runNs) };
}
