import { readdirSync, readFileSync } from 'node:fs';

/**
 * Kernel threads that serve CPU maps, by the number of their map. A process in a PID namespace of its own sees none.
 *
 * @source kernel/bpf/cpumap.c __cpu_map_entry_alloc: `cpumap/CPU/map:NUMBER`
 */
export function findCpuMapThreads(): Map<number, number> {
  const threads = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const [, number] = /^cpumap\/\d+\/map:(\d+)$/m.exec(readFileSync(`/proc/${pid}/comm`, 'utf8')) ?? [];
      if (number) threads.set(Number(number), pid);
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  return threads;
}
