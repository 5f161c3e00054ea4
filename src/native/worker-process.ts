import type { WorkerRole, WorkerSnapshot } from './worker-protocol.js';

/** The parent's side of a child process that sends or receives. */
export interface WorkerProcess {
  readonly role: WorkerRole;
  /** Process number; `/proc/PID/net` shows the worker's network namespace until stop(). */
  readonly pid: number;
  /**
   * Final counters, at the deadline or after stop(). The process itself stays until stop(), so that its namespace can still
   * be read. Rejects with the worker's own error, or with code `EWORKER` when it died.
   */
  readonly done: Promise<WorkerSnapshot>;
  /**
   * Lets the worker's threads go: a sender or a wire for `seconds`, a paused receiver for the seconds of its config.
   *
   * @returns resolves once they run. Rejects with TypeError or RangeError when one of them gets no valid number of seconds, else like `done`
   */
  start(seconds?: number): Promise<void>;
  /** Counters of now; the final ones once the worker is done. Rejects like `done`. */
  snapshot(): Promise<WorkerSnapshot>;
  /** Ends the worker's threads and then the process. Harmless when repeated. @returns the final counters; rejects like `done` */
  stop(): Promise<WorkerSnapshot>;
  /** Kills the worker at once; `done` rejects unless the worker was done before. */
  kill(): void;
}
