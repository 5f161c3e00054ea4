import type { CostValues } from './cost-values.js';

/**
 * Stage 1, the source core. One thread in a sendmmsg loop; no queue, no loss: a core that cannot keep up sends less.
 *
 * @param offeredPps schedule of a paced source, null for a flood
 * @returns packets per second that a core of its own sends
 * Cost: sendNs. Source: the article's C3 and C5, 403 and 412 kpps a sending core.
 */
export function sourceCorePps(offeredPps: number | null, costs: Pick<CostValues, 'sendNs'>): number {
  return Math.min(offeredPps ?? Number.POSITIVE_INFINITY, 1e9 / costs.sendNs);
}
