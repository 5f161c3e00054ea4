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
