import type { Scenario } from '../scenario.js';
import type { NicThread } from './nic-threads.js';

/**
 * The unknowns of the fixed point on a software NIC, all from 0 to 1, one after the other: rate of each source relative to its schedule; share
 * that each ring takes; share that each socket accepts; wake-ups a packet at each socket, and of each thread; share of time in which each processor is busy; share in which each flow's packets are put into their socket; share in which a
 * CPU that reads a socket takes packets out.
 */
export interface NicUnknowns {
  ring: number;
  accepted: number;
  wakeUps: number;
  threadWakeUps: number;
  busy: number;
  filling: number;
  reading: number;
  count: number;
}

/** Where each kind of unknown begins. */
export function nicUnknownsOf({ sources, flows, processors, sockets, nic }: Scenario, threads: NicThread[]): NicUnknowns {
  const ring = sources.length;
  const accepted = ring + (nic?.rings.length ?? 0);
  const wakeUps = accepted + sockets.length;
  const threadWakeUps = wakeUps + sockets.length;
  const busy = threadWakeUps + threads.length;
  const filling = busy + processors.length;
  const reading = filling + flows.length;
  return { ring, accepted, wakeUps, threadWakeUps, busy, filling, reading, count: reading + sockets.length };
}
