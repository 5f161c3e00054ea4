import type { ArrivalReading, NativeSnapshot, ReceiverConfig, SenderConfig, SocketReading, WireConfig } from './contract.js';

/** First line to a worker: what it is, and the network namespace that it lives in (null: that of its parent). */
export type WorkerRequest =
  | { role: 'sender'; namespace: string | null; config: SenderConfig }
  | { role: 'receiver'; namespace: string | null; config: ReceiverConfig }
  | { role: 'wire'; namespace: string | null; config: WireConfig };

/** What a worker is. */
export type WorkerRole = WorkerRequest['role'];

/** Every later line to a worker. */
export type WorkerCommand = { command: 'start'; seconds: number | null } | { command: 'snapshot' } | { command: 'stop' };

/** Counters of a worker, and when it is a receiver those of its sockets. */
export interface WorkerSnapshot extends NativeSnapshot {
  sockets: SocketReading[];
  /** How packets came to a receiver; null for a sender. */
  arrivals: ArrivalReading | null;
}

/** Every line from a worker. The first request, start and snapshot are answered in order; `done` comes once, at the deadline or at stop. */
export type WorkerEvent =
  | { event: 'ready' }
  | { event: 'started' }
  | ({ event: 'snapshot' } & WorkerSnapshot)
  | ({ event: 'done' } & WorkerSnapshot)
  | { event: 'error'; code: string; errno: number | null; syscall: string | null; message: string };
