import type { Cpu, Host } from '../../experiment/host.js';
import { coresFirst } from './topology.js';

/** CPUs set aside for senders and for readers when both run on one machine. */
export interface SplitCores {
  senders: Cpu[];
  readers: Cpu[];
}

/**
 * Splits each node's cores in two halves, the first (at least one core) for senders, the rest for readers; a core with
 * hyper-threads gives its first thread. A machine with a single core is split by threads, a single CPU serves both.
 */
export function splitCores(host: Pick<Host, 'cpus'>): SplitCores {
  const firstThreads = coresFirst(host.cpus).filter((cpu, _, all) => all.find(({ core }) => core === cpu.core) === cpu);
  const units = firstThreads.length > 1 ? firstThreads : coresFirst(host.cpus);
  if (units.length === 1) return { senders: units, readers: units };
  const nodes = [...new Set(units.map(({ node }) => node))];
  const halves = nodes.map((node) => {
    const own = units.filter((cpu) => cpu.node === node);
    const half = Math.max(1, Math.floor(own.length / 2));
    return { senders: own.slice(0, half), readers: own.slice(half) };
  });
  const senders = halves.flatMap((half) => half.senders);
  const readers = halves.flatMap((half) => half.readers);
  // Nodes of one core each leave nobody to read: then the last node's core reads.
  return readers.length ? { senders, readers } : { senders: senders.slice(0, -1), readers: senders.slice(-1) };
}
