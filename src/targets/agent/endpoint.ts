import { readProcessTicks, ticksSince } from '../../host/index.js';
import { spawnWorker } from '../../native/spawn-worker.js';
import type { WorkerProcess } from '../../native/worker-process.js';
import type { WorkerRequest, WorkerSnapshot } from '../../native/worker-protocol.js';
import type { Reading } from '../protocol/protocol.js';
import { readCounters } from './read-counters.js';
import { sleepUntil } from './sleep-until.js';

/** How often an endpoint looks after itself. */
const watchMs = 100;

/** The sending or receiving threads of this host, with the counters around them, and somebody who looks after them. */
export class Endpoint {
  readonly #worker: WorkerProcess;
  readonly #device: string;
  readonly #outsiders: number[];
  readonly #ticksBefore: Map<number, number>;
  #watch: NodeJS.Timeout | undefined;
  #isDone = false;

  private constructor(worker: WorkerProcess, device: string) {
    this.#worker = worker;
    this.#device = device;
    this.#outsiders = [process.pid, worker.pid];
    this.#ticksBefore = readProcessTicks(this.#outsiders);
    const settle = () => {
      this.#isDone = true;
      clearInterval(this.#watch);
    };
    worker.done.then(settle, settle);
  }

  /** Opens the sockets; nothing is sent yet. @throws as spawnWorker */
  static async open(request: WorkerRequest, device: string): Promise<Endpoint> {
    return new Endpoint(await spawnWorker(request), device);
  }

  /** Whether the threads have ended. */
  get isDone(): boolean {
    return this.#isDone;
  }

  start(seconds: number): Promise<void> {
    return this.#worker.start(seconds);
  }

  /** Looks at the threads ten times a second; a reason that `fault` gives ends them, and is told once. */
  guard(fault: (snapshot: WorkerSnapshot) => string | null, onStop: (reason: string) => void): void {
    clearInterval(this.#watch);
    this.#watch = setInterval(() => {
      void this.#worker.snapshot().then(
        (snapshot) => {
          const reason = this.#isDone ? null : fault(snapshot);
          if (reason === null) return;
          this.kill();
          onStop(reason);
        },
        (error: Error) => {
          clearInterval(this.#watch);
          onStop(error.message);
        },
      );
    }, watchMs);
  }

  /** Everything that this host counts, at an instant of its monotonic clock. */
  async reading(atNs = 0): Promise<Reading> {
    await sleepUntil(atNs);
    const snapshot = await this.#worker.snapshot();
    return this.#readingOf(snapshot);
  }

  /** Waits until no packet has arrived for a while. */
  async drained(): Promise<Reading> {
    const packets = ({ threads }: Reading) => threads.reduce((total, thread) => total + thread.packets, 0);
    const deadline = Date.now() + longestDrainMs;
    for (let last = await this.reading(); ; ) {
      await sleepUntil(Number(process.hrtime.bigint()) + silenceMs * 1e6);
      const next = await this.reading();
      if (packets(next) === packets(last) || Date.now() > deadline) return next;
      last = next;
    }
  }

  /** Ends the threads at once; their process and its counters stay until stop(). */
  kill(): void {
    clearInterval(this.#watch);
    void this.#worker.stop().catch(() => {});
  }

  /** Ends threads and process. @returns the final counters */
  async stop(): Promise<Reading> {
    clearInterval(this.#watch);
    return this.#readingOf(await this.#worker.stop());
  }

  #readingOf({ tNs, threads, sockets }: WorkerSnapshot): Reading {
    return {
      tNs,
      threads,
      sockets: sockets.map(({ socket, dropped, bufferBytes }) => ({ socket, dropped, bufferBytes, truesizeBytes: null })),
      ...readCounters(this.#device),
      otherTicks: ticksSince(this.#ticksBefore, this.#outsiders),
      isDone: this.#isDone,
    };
  }
}

/** How long a receiver must stay silent before its sockets count as drained. */
const silenceMs = 150;
const longestDrainMs = 3000;
