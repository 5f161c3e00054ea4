import type { Scenario } from '../scenario.js';

/** A thread of a scenario on a software NIC, and what it does: numbers are indices of sources, rings and sockets. */
export type NicThread = {
  processor: number;
  /** Claim to its CPU: each kernel thread has 1, and the threads of a process share 1. */
  weight: number;
} & ({ job: 'wire'; sources: number[] } | { job: 'sender'; source: number } | { job: 'queue'; ring: number } | { job: 'reader'; socket: number });

/** Whether a thread has its CPU for itself, or is a reader beside readers that sleep as soon as they have nothing to read. */
export function isAlone(t: number, threads: readonly NicThread[], { nic }: Scenario): boolean {
  const here = threads.filter(({ processor }) => processor === threads[t]?.processor);
  return here.length === 1 || (!nic?.spins && here.every(({ job }) => job === 'reader'));
}

/**
 * All threads: the wire, which is one, sending programs, one thread a queue, and the readers of sockets that packets reach. The
 * scheduler is fair to groups of threads, and every process of the lab is a group of its own.
 *
 * Source: sched_autogroup_enabled, which Debian has on, and one session for each worker; calc_group_shares in kernel/sched/fair.c.
 */
export function nicThreads({ sources, sockets, nic }: Scenario): NicThread[] {
  const wire = sources.flatMap((source, index) => (source.wire ? [index] : []));
  const wireCpu = sources[wire[0] ?? 0]?.processor ?? 0;
  const senders = sources.filter((source) => !source.wire).length;
  const readerCount = sockets.reduce((count, socket) => count + socket.readers.length, 0);
  return [
    ...(wire.length ? [{ job: 'wire' as const, processor: wireCpu, weight: 1, sources: wire }] : []),
    ...sources.flatMap(({ processor, wire }, source) =>
      wire ? [] : [{ job: 'sender' as const, processor: processor ?? 0, weight: 1 / senders, source }],
    ),
    ...(nic?.rings ?? []).map(({ processor }, ring) => ({ job: 'queue' as const, processor, weight: 1, ring })),
    ...sockets.flatMap(({ readers }, socket) => readers.map((processor) => ({ job: 'reader' as const, processor, weight: 1 / readerCount, socket }))),
  ];
}

/** Threads of the queues whose packets reach a socket. */
export function fillersOf(socket: number, { flows }: Scenario, threads: NicThread[]): number[] {
  const rings = new Set(flows.flatMap((flow) => (flow.socket === socket ? [flow.ring ?? 0] : [])));
  return threads.flatMap((thread, t) => (thread.job === 'queue' && rings.has(thread.ring) ? [t] : []));
}
