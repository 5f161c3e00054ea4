/** One CPU's ticks since boot. */
export interface CpuTicks {
  cpu: number;
  user: number;
  system: number;
  softirq: number;
  irq: number;
  idle: number;
  iowait: number;
  steal: number;
}

/**
 * Reads the per-CPU lines of /proc/stat. Nice time counts as user time.
 *
 * @source fs/proc/stat.c show_stat (6.18)
 */
export function parseProcStat(text: string): CpuTicks[] {
  return [...text.matchAll(/^cpu(\d+) (.*)$/gm)].map(([, cpu, row]) => {
    const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = (row ?? '').trim().split(/\s+/).map(Number);
    return { cpu: Number(cpu), user: user + nice, system, softirq, irq, idle, iowait, steal };
  });
}
