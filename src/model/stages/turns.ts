/** The part of a source's cycle through its flows in which one of them fills its socket; times are shares of the cycle. */
export interface Turn {
  start: number;
  length: number;
  /** Share of the turn in which the flow's CPU is at it. */
  density: number;
}

/**
 * Coupling: a source sends a batch to one flow, then to the next, so that the CPUs behind its flows work one after the other, not at
 * independent times. A CPU slower than the source is still at its batch when the next one's begins. Small batches hardly part the
 * flows: what waits at the end of one is of the order of the square root of its packets.
 *
 * @param start share of the cycle before the flow's batch
 * @param share of the source's packets
 * @param filling share of time in which the flow's CPU is at its packets
 */
export function turnOf(start: number, share: number, filling: number, batchPackets: number): Turn {
  const length = 1 - (1 - Math.max(filling, share)) * (1 - 1 / Math.sqrt(batchPackets));
  return { start, length, density: filling / length };
}

/** Probability that the other flow of the source fills while this one does. */
export function fillsMeanwhile(turn: Turn, other: Turn): number {
  return (other.density * overlap(turn.start, turn.length, other)) / turn.length;
}

/** Share of the cycle in which both a part of it and a turn are. */
function overlap(start: number, length: number, turn: Turn): number {
  const offset = (turn.start - start + 1) % 1;
  const ahead = Math.max(0, Math.min(length, offset + turn.length) - offset);
  const wrapped = Math.max(0, Math.min(length, offset + turn.length - 1));
  return ahead + wrapped;
}
