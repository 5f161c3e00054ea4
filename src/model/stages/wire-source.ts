import type { CostValues } from './cost-values.js';

/**
 * Stage 1 on a software NIC, the in-kernel wire: each packet is made, hashed and put into its queue's ring on the wire's CPU. What a host has
 * no price for is free.
 *
 * @returns nanoseconds a packet; a wire that has less time than that sends less
 * Cost: wireNs, nicNs. Source: BPF_PROG_TEST_RUN with live frames; measured for this kit on a two-CPU guest, Linux 6.18.
 */
export function wirePacketNs({ wireNs = 0, nicNs = 0 }: Pick<CostValues, 'wireNs' | 'nicNs'>): number {
  return Math.max(1e-6, wireNs + nicNs);
}

/** Packets that the wire may make before it hands on those it made and lets others in: one run of its program each. Source: batchRuns of the lab's wire. */
const runsPerTurn = 64;

/** Handing on what a turn has made, whatever it is: the far end's poll, and waking a queue's thread [assumed: traced on a two-CPU guest]. */
export const handOnNs = 2500;

/** Time in each of its turns in which the wire makes packets. */
export function wireRunsNs({ wireNs = 0 }: Pick<CostValues, 'wireNs'>): number {
  return runsPerTurn * wireNs;
}

/** Time for which the wire goes on before it lets others in, packets or none: its runs, and handing on what they made. */
export function wireTurnNs({ wireNs = 0 }: Pick<CostValues, 'wireNs'>): number {
  return wireRunsNs({ wireNs }) + handOnNs;
}

/**
 * Mean time between two packets of a source that is behind its schedule: in each turn of the wire one at once, then at twice its pace, and
 * none while the wire hands on what it made.
 *
 * Source: the kit's own wire, src/native/bpf/wire.bpf.c.
 */
export function catchUpNs(scheduledNs: number, { wireNs = 0, nicNs = 0 }: Pick<CostValues, 'wireNs' | 'nicNs'>): number {
  const packets = 1 + (2 * wireRunsNs({ wireNs })) / scheduledNs;
  return wireTurnNs({ wireNs }) / packets + nicNs;
}

/** A wire that is later than this forgets what it owes. Source: kLongestLateness of the kit's own wire. */
export const longestLatenessNs = 1e6;
