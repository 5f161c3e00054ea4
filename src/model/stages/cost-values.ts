import type { CostName } from '../../experiment/cost.js';
import type { Host } from '../../experiment/host.js';

/** The values of a host's costs, without their intervals: what the equations need. */
export type CostValues = Record<CostName, number>;

/** Reads the values of a host's costs. A cost of zero becomes a millionth of a nanosecond, so that rates stay finite. */
export function costValues(host: Pick<Host, 'costs'>): CostValues {
  const entries = Object.entries(host.costs).map(([name, cost]) => [name, Math.max(cost.value, 1e-6)]);
  return Object.fromEntries(entries) as CostValues;
}
