import type { CostName, PartedCostName } from '../../experiment/cost.js';
import type { Host } from '../../experiment/host.js';

/** The values of a host's costs, without their intervals: what the equations need. A cost that the host has not is missing. */
export type CostValues = Record<CostName, number> & Partial<Record<PartedCostName, number>>;

/** A cost of zero becomes this, so that rates stay finite. */
export const leastCost = 1e-6;

/** Reads the values of a host's costs. */
export function costValues(host: Pick<Host, 'costs'>): CostValues {
  const entries = Object.entries(host.costs).map(([name, cost]) => [name, Math.max(cost.value, leastCost)]);
  return Object.fromEntries(entries) as CostValues;
}
