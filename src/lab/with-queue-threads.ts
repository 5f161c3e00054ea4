import type { CpuOutcome, Sample } from '../experiment/index.js';

/**
 * Shares of CPU time in which the work of the software NIC's queues counts as softirq, which it is on a real NIC. The kernel does it in
 * threads, whose own clock is exact to the nanosecond; ticks count it as system time, and miss what falls between them.
 */
export function withQueueThreads(cpus: CpuOutcome[], first: Sample, last: Sample): CpuOutcome[] {
  const windowNs = last.tNs - first.tNs;
  return cpus.map((shares) => {
    const servingNs = (last.nicQueues ?? [])
      .filter(({ cpu }) => cpu === shares.cpu)
      .reduce((sum, { queue, threadNs }) => {
        const before = first.nicQueues?.find((each) => each.queue === queue)?.threadNs;
        return sum + (threadNs !== null && typeof before === 'number' ? threadNs - before : 0);
      }, 0);
    const serving = Math.min(1, servingNs / windowNs);
    const fromSystem = Math.min(shares.system, serving);
    const fromIdle = Math.min(shares.idle, serving - fromSystem);
    return {
      ...shares,
      softirq: shares.softirq + fromSystem + fromIdle,
      system: shares.system - fromSystem,
      idle: shares.idle - fromIdle,
    };
  });
}
