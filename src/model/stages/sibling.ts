import type { CostValues } from './cost-values.js';

/**
 * Coupling: speed of a CPU relative to its core alone, when the other hyper-thread of the core is busy.
 *
 * A softirq or sender is slowed in full by any use of its sibling: weighting by how busy it is misses the article's 200k
 * by 21 to 27 %. A reader is slowed by the share of time in which its sibling works, because sleeping threads halt.
 *
 * @param siblingBusy share of time in which the sibling counts as busy, 0 to 1
 * @example
 * cpuSpeed(0, { siblingSpeedRatio: 0.6 }) // => 1
 * cpuSpeed(0.5, { siblingSpeedRatio: 0.6 }) // => 0.8
 */
export function cpuSpeed(siblingBusy: number, costs: Pick<CostValues, 'siblingSpeedRatio'>): number {
  return 1 - (1 - Math.min(1, costs.siblingSpeedRatio)) * siblingBusy;
}
