import type { Scenario } from '../scenario.js';

/** A thread of a scenario on a software NIC, and what it does: numbers are indices of sources, rings and sockets. */
export type NicThread = { processor: number } & (
  | { job: 'wire'; sources: number[] }
  | { job: 'sender'; source: number }
  | { job: 'queue'; ring: number }
  | { job: 'reader'; socket: number }
);

/** All threads: the wire, which is one, sending programs, one thread a queue, and the readers of sockets that packets reach. */
export function nicThreads({ sources, sockets, nic }: Scenario): NicThread[] {
  const wire = sources.flatMap((source, index) => (source.wire ? [index] : []));
  const wireCpu = sources[wire[0] ?? 0]?.processor ?? 0;
  return [
    ...(wire.length ? [{ job: 'wire' as const, processor: wireCpu, sources: wire }] : []),
    ...sources.flatMap(({ processor, wire }, source) => (wire ? [] : [{ job: 'sender' as const, processor: processor ?? 0, source }])),
    ...(nic?.rings ?? []).map(({ processor }, ring) => ({ job: 'queue' as const, processor, ring })),
    ...sockets.flatMap(({ readers }, socket) => readers.map((processor) => ({ job: 'reader' as const, processor, socket }))),
  ];
}
