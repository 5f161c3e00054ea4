import type { Scenario } from '../scenario.js';

/** A thread of a scenario on a software NIC, and what it does: numbers are indices of sources, rings and sockets. */
export type NicThread = {
  processor: number;
  /** Claim to its CPU: each kernel thread has 1, and the threads of a process share 1. */
  weight: number;
} & ({ job: 'wire'; sources: number[] } | { job: 'sender'; source: number } | { job: 'queue'; ring: number } | { job: 'reader'; socket: number });

/** Whether a thread always has something to do: the wire, a flooding program, a reader that spins. */
export function neverSleeps(thread: NicThread, { sources, nic }: Scenario): boolean {
  if (thread.job === 'sender') return sources[thread.source]?.offeredPps === null;
  return thread.job === 'wire' || (thread.job === 'reader' && nic?.spins === true);
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
