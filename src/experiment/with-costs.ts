import type { CostName, PartedCostName } from './cost.js';
import { InputError } from './errors.js';
import type { Host } from './host.js';

/**
 * The same host with some costs replaced: what if softirq were faster?
 *
 * @param values new values by name; they have no interval and are marked assumed
 * @throws {InputError} for a name that is no cost or a value that is not a finite number of at least 0
 */
export function withCosts(host: Host, values: Partial<Record<CostName | PartedCostName, number>>): Host {
  const costs = { ...host.costs };
  for (const [name, value] of Object.entries(values) as [CostName | PartedCostName, number][]) {
    if (!Object.hasOwn(costs, name)) throw new InputError(`withCosts: name must be one of ${Object.keys(costs).join(', ')}, got ${name}`);
    if (!Number.isFinite(value) || value < 0) throw new InputError(`withCosts: ${name} must be a number of at least 0, got ${value}`);
    costs[name] = { value, low: value, high: value, origin: 'assumed', source: 'set by hand' };
  }
  return { ...host, costs };
}
