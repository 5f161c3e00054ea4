/** A part of a cycle in which rates stand still. */
export interface BurstPhase {
  /** Of the cycle's time. */
  share: number;
  arrivalPps: number;
  /** What the reader has time for while its buffer has room, and while it is full, because packets that are dropped leave it more. */
  capacityPps: number;
  fullCapacityPps: number;
}

/**
 * Coupling: a sender fills one queue for a batch, then the next, so that packets reach a socket, and time and speed reach its reader, in
 * turns. A reader that would keep up on average falls behind while it is slow or they are many, and what its buffer cannot hold is lost.
 *
 * @param phases of the cycle, in order
 * @param cycleSeconds after which everything comes again
 * @param bufferPackets that wait at most
 * @returns packets per second that are read
 * Source: a fluid queue with a finite buffer and periodic rates (A. I. Elwalid and D. Mitra, 1991), in its periodic state. It is reached within a
 * cycle, because a queue that drains on average is empty at least once a cycle, and one that grows is full.
 */
export function deliveredInBursts(phases: readonly BurstPhase[], cycleSeconds: number, bufferPackets: number): number {
  let [arrivals, drift] = [0, 0];
  for (const { share, arrivalPps, capacityPps } of phases) {
    arrivals += share * arrivalPps;
    drift += share * (arrivalPps - capacityPps);
  }
  let waiting = drift > 0 ? bufferPackets : 0;
  let lost = 0;
  for (let cycle = 0; cycle < 2; cycle++) {
    lost = 0;
    for (const { share, arrivalPps, capacityPps, fullCapacityPps } of phases) {
      const growth = share * cycleSeconds * (arrivalPps - capacityPps);
      const over = waiting + growth - bufferPackets;
      // The buffer is full for the rest of the phase, in which it would have grown by so much.
      if (over > 0) lost += (over / growth) * share * cycleSeconds * Math.max(0, arrivalPps - fullCapacityPps);
      waiting = Math.min(bufferPackets, Math.max(0, waiting + growth));
    }
  }
  return arrivals - lost / cycleSeconds;
}
