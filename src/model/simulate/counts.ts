/** What a machine has counted since it was made, arrays in the scenario's numbering. */
export interface Counts {
  now: number;
  /** Per source. */
  sent: number[];
  waitedTicks: number[];
  wireTicks: number;
  /** Per flow: packets through the softirq, and lost before it. */
  serviced: number[];
  ringLost: number[];
  /** Per socket. */
  delivered: number[];
  socketLost: number[];
  /** Per processor. */
  softirqTicks: number[];
  systemTicks: number[];
  userTicks: number[];
}

/** Packets per second that all sockets delivered between two states of a machine. */
export function deliveredBetween(before: Counts, after: Counts, ticksPerSecond: number): number {
  const packets = after.delivered.reduce((sum, delivered, s) => sum + delivered - (before.delivered[s] ?? 0), 0);
  return (packets * ticksPerSecond) / (after.now - before.now);
}
