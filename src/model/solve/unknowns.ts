import type { Scenario } from './scenario.js';

/**
 * The unknowns of the fixed point, all from 0 to 1, one after the other: rate of each source relative to its core alone;
 * share that each processor's softirq takes from its ring; share that each socket accepts;
 * wake-ups a packet at each socket; share of time in which each processor is busy.
 */
export interface Unknowns {
  ring: number;
  accepted: number;
  wakeUps: number;
  busy: number;
  count: number;
}

/** Where each kind of unknown begins. */
export function unknownsOf({ sources, processors, sockets }: Scenario): Unknowns {
  const ring = sources.length;
  const accepted = ring + processors.length;
  const wakeUps = accepted + sockets.length;
  const busy = wakeUps + sockets.length;
  return { ring, accepted, wakeUps, busy, count: busy + processors.length };
}
