import type { Cpu, Host } from '../../experiment/host.js';

/** The CPU of that number, or undefined. */
export function cpuByNumber(host: Pick<Host, 'cpus'>, cpu: number): Cpu | undefined {
  return host.cpus.find((candidate) => candidate.cpu === cpu);
}

/** Hyper-threads of the same core, without the CPU itself. */
export function siblings(host: Pick<Host, 'cpus'>, cpu: number): Cpu[] {
  const core = cpuByNumber(host, cpu)?.core;
  return host.cpus.filter((candidate) => candidate.core === core && candidate.cpu !== cpu);
}

/** CPUs with the first thread of every core before any second thread, as a person who pins by hand would choose. */
export function coresFirst(cpus: Cpu[]): Cpu[] {
  const rank = (cpu: Cpu) => cpus.filter((other) => other.core === cpu.core && other.cpu < cpu.cpu).length;
  return [...cpus].sort((a, b) => rank(a) - rank(b) || a.cpu - b.cpu);
}
