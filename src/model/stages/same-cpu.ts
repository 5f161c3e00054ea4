import type { CostValues } from './cost-values.js';

/**
 * Highest delivered rate of one flow when softirq and reader share a CPU: all of the CPU, no cache line handed over,
 * no wake-up. Above it the softirq's priority starves the reader (receive livelock), until nothing is delivered.
 *
 * @returns packets per second
 * Source: Mogul and Ramakrishnan 1996; the article's "up to about 430k", the one figure that says what a read costs alone.
 * @example
 * sameCpuPeakPps({ softirqNs: 1500, readNs: 500 }) // => 500000
 */
export function sameCpuPeakPps(costs: Pick<CostValues, 'softirqNs' | 'readNs'>): number {
  return 1e9 / (costs.softirqNs + costs.readNs);
}
