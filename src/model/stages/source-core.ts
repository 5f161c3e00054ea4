import type { CostValues } from './cost-values.js';

/**
 * Stage 1, the source core. One thread in a sendmmsg loop; no queue, no loss: a core that cannot keep up sends less.
 *
 * @param offeredPps schedule of a paced source, null for a flood
 * @param packetNs of one packet, from sendPacketNs()
 * @returns packets per second that a core of its own sends
 */
export function sourceCorePps(offeredPps: number | null, packetNs: number): number {
  return Math.min(offeredPps ?? Number.POSITIVE_INFINITY, 1e9 / packetNs);
}

/**
 * Time of the source core for one packet: its own, and its part of the call that carries the batch.
 *
 * Cost: sendNs, sendCallNs (contained in sendNs where the host has none). Source: the article's C3 and C5, 403 and 412 kpps a sending core.
 */
export function sendPacketNs(batchPackets: number, { sendNs, sendCallNs = 0 }: Pick<CostValues, 'sendNs' | 'sendCallNs'>): number {
  return sendNs + sendCallNs / batchPackets;
}
