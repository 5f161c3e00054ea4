import { kernelAtLeast } from './kernel-version.js';

/** CPUs beyond these do not lengthen the slice. */
const mostScalingCpus = 8;

/**
 * Time that the scheduler lets a thread run while others wait: the base slice, scaled by the logarithm of the number of CPUs.
 *
 * @returns nanoseconds
 * Source: sysctl_sched_base_slice in kernel/sched/fair.c, "0.70 msec * (1 + ilog(ncpus))" since 6.15, 0.75 before (until 6.5 as sched_min_granularity);
 * get_update_sysctl_factor() stops at 8 CPUs.
 * @example
 * schedulerSliceNs('6.18.0', 2) // => 1400000
 * schedulerSliceNs('6.1.0', 24) // => 3000000
 */
export function schedulerSliceNs(kernelRelease: string, cpus: number): number {
  const baseNs = kernelAtLeast(kernelRelease, 6, 15) ? 0.7e6 : 0.75e6;
  return Math.round(baseNs * (1 + Math.floor(Math.log2(Math.min(cpus, mostScalingCpus)))));
}
