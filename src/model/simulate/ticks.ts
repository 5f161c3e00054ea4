/** Simulated time is counted in whole picoseconds held in doubles: exact up to 2.5 hours, so that all engines agree to the last bit. */
export const ticksPerNs = 1000;

export const ticksPerSecond = 1e9 * ticksPerNs;

/** Whole ticks of a time, at least one, so that time always passes. */
export function ticksOf(ns: number): number {
  return Math.max(1, Math.round(ns * ticksPerNs));
}
