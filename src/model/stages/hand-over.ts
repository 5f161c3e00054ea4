import type { CostValues } from './cost-values.js';

/** An interconnect that is nearly full stretches a cache line's way no further than this; beyond it nothing was observed. */
const largestUtilization = 0.8;

/** Where the readers of a socket run, seen from the CPU that fills it: shares of the readers, the rest is the same CPU. */
export interface ReaderDistance {
  /** Another CPU of the same node. */
  near: number;
  /** Another node. */
  far: number;
}

/**
 * Coupling: the cache lines of packet and socket travel from the softirq's CPU to the reader's. Charged to both.
 * Between nodes a line costs remoteLineRatio times more, stretched by 1/(1 - utilization) of the interconnect (M/M/1).
 *
 * @param crossNodePps packets per second that change nodes, over all sockets
 * @returns nanoseconds a packet
 * Cost: handOverNs, remoteLineRatio, remoteLoadPerMpps. Forced by the article's 430k on one CPU against 360k on two, 330k on two nodes, 250k on two busy nodes.
 */
export function handOverNs(
  distance: ReaderDistance,
  crossNodePps: number,
  costs: Pick<CostValues, 'handOverNs' | 'remoteLineRatio' | 'remoteLoadPerMpps'>,
): number {
  const utilization = Math.min(largestUtilization, (costs.remoteLoadPerMpps * crossNodePps) / 1e6);
  return costs.handOverNs * (distance.near + (distance.far * costs.remoteLineRatio) / (1 - utilization));
}
