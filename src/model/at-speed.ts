import type { Cost } from '../experiment/cost.js';
import type { Host } from '../experiment/host.js';

/** The same host in another phase of its speed: every cost that is a time takes `ratio` times as long. */
export function atSpeed(host: Host, ratio: number): Host {
  const slowed = ({ value, low, high, ...rest }: Cost): Cost => ({ ...rest, value: value * ratio, low: low * ratio, high: high * ratio });
  const costs = Object.fromEntries(Object.entries(host.costs).map(([name, cost]) => [name, name.endsWith('Ns') ? slowed(cost) : cost]));
  return { ...host, costs: costs as Host['costs'] };
}
