import type { CpuOutcome, KernelCounters } from '../experiment/index.js';

/** Shares of each CPU's time between two readings of /proc/stat; hard interrupts count as softirq, waiting for I/O as idle. */
export function cpuShares(before: KernelCounters['cpuTicks'], after: KernelCounters['cpuTicks']): CpuOutcome[] {
  return after.flatMap((late) => {
    const early = before.find(({ cpu }) => cpu === late.cpu);
    if (!early) return [];
    const ticks = {
      softirq: late.softirq - early.softirq + late.irq - early.irq,
      system: late.system - early.system,
      user: late.user - early.user,
      steal: late.steal - early.steal,
      // The kernel lets idle time run backwards by a tick now and then.
      idle: Math.max(0, late.idle - early.idle + late.iowait - early.iowait),
    };
    const total = Object.values(ticks).reduce((sum, value) => sum + value, 0) || 1;
    const share = (value: number) => value / total;
    return [
      {
        cpu: late.cpu,
        softirq: share(ticks.softirq),
        system: share(ticks.system),
        user: share(ticks.user),
        steal: share(ticks.steal),
        idle: share(ticks.idle),
      },
    ];
  });
}
