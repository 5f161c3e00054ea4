import type { Scenario } from './scenario.js';

/**
 * The unknowns of the fixed point, all from 0 to 1, one after the other: rate of each source relative to its core alone;
 * share that each processor's softirq takes from its ring; share that each socket accepts;
 * wake-ups a packet at each socket; share of time in which each processor is busy; share in which each flow's packets are put
 * into their socket; share in which each CPU that reads a socket takes packets out, and the part of the socket's packets that it takes.
 */
export interface Unknowns {
  ring: number;
  accepted: number;
  wakeUps: number;
  busy: number;
  filling: number;
  reading: number;
  taking: number;
  count: number;
}

/** Where each kind of unknown begins. */
export function unknownsOf({ sources, flows, processors, sockets }: Scenario): Unknowns {
  const ring = sources.length;
  const accepted = ring + processors.length;
  const wakeUps = accepted + sockets.length;
  const busy = wakeUps + sockets.length;
  const filling = busy + processors.length;
  const reading = filling + flows.length;
  const readers = sockets.reduce((sum, socket) => sum + new Set(socket.readers).size, 0);
  const taking = reading + readers;
  return { ring, accepted, wakeUps, busy, filling, reading, taking, count: taking + readers };
}
