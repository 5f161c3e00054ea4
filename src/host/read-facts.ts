import { readFileSync } from 'node:fs';
import os from 'node:os';

/**
 * Reads what a run must record about its host beside topology and counters. A fact that cannot be read is null. No host
 * name, user or address is among them.
 */
export function readFacts(): Record<string, string | number | null> {
  const text = (file: string) => {
    try {
      return readFileSync(file, 'utf8').trim();
    } catch {
      return null;
    }
  };
  const sysctl = (name: string) => {
    const value = text(`/proc/sys/${name.replaceAll('.', '/')}`);
    return value === null ? null : Number.isNaN(Number(value)) ? value : Number(value);
  };
  return {
    platform: os.platform(),
    kernelRelease: os.release(),
    cpuModel: os.cpus()[0]?.model ?? null,
    cpuCount: os.cpus().length,
    memoryBytes: os.totalmem(),
    hypervisor: text('/sys/hypervisor/type') ?? (/\bhypervisor\b/.test(text('/proc/cpuinfo') ?? '') ? 'yes' : 'none'),
    clockSource: text('/sys/devices/system/clocksource/clocksource0/current_clocksource'),
    simultaneousMultithreading: text('/sys/devices/system/cpu/smt/active'),
    governor: text('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor'),
    ...Object.fromEntries(
      [
        'net.core.rmem_default',
        'net.core.rmem_max',
        'net.core.wmem_default',
        'net.core.netdev_max_backlog',
        'net.core.netdev_budget',
        'net.core.netdev_budget_usecs',
        'net.core.dev_weight',
        'net.core.busy_read',
        'kernel.sched_base_slice_ns',
      ].map((name) => [name, sysctl(name)]),
    ),
  };
}
