import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { checkSeconds } from './check-seconds.js';
import type { WorkerProcess } from './worker-process.js';
import type { WorkerCommand, WorkerEvent, WorkerRequest, WorkerRole, WorkerSnapshot } from './worker-protocol.js';

interface Waiting {
  resolve(event: WorkerEvent): void;
  reject(error: Error): void;
}

/** A WorkerProcess over the pipes of a child process. */
export class ChildWorker implements WorkerProcess {
  readonly role: WorkerRole;
  readonly done: Promise<WorkerSnapshot>;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #closed: Promise<unknown>;
  /** Those who wait for an answer, oldest first: the worker answers in order. */
  readonly #waiting: Waiting[] = [];
  #settled = false;
  #resolveDone!: (snapshot: WorkerSnapshot) => void;
  #rejectDone!: (error: Error) => void;
  #lastWords = '';

  constructor(role: WorkerRole, child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.role = role;
    this.#child = child;
    this.done = new Promise((resolve, reject) => {
      this.#resolveDone = resolve;
      this.#rejectDone = reject;
    });
    // Whoever waits hears of a failure; that nobody waits must not end the parent.
    this.done.catch(() => {});
    this.#closed = once(child, 'close').catch(() => {});
    child.once('error', (error) => this.#fail(error));
    child.once('close', (status, signal) => this.#fail(this.#death(status, signal)));
    child.stdin.on('error', () => {});
    child.stderr.on('data', (chunk: Buffer) => {
      this.#lastWords = (this.#lastWords + chunk.toString()).slice(-2000);
    });
    createInterface({ input: child.stdout }).on('line', (line) => this.#hear(JSON.parse(line) as WorkerEvent));
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  /** Sends the first line and waits for `ready`. */
  async open(request: WorkerRequest): Promise<void> {
    await this.#ask(request);
  }

  async start(seconds?: number): Promise<void> {
    if (this.role !== 'receiver') checkSeconds('WorkerProcess.start', 'seconds', seconds);
    if (!this.#settled) await this.#ask({ command: 'start', seconds: seconds ?? null });
    else await this.done;
  }

  async snapshot(): Promise<WorkerSnapshot> {
    if (this.#settled) return this.done;
    const answer = await this.#ask({ command: 'snapshot' });
    return answer.event === 'snapshot' ? snapshotOf(answer) : this.done;
  }

  async stop(): Promise<WorkerSnapshot> {
    this.#tell({ command: 'stop' });
    await this.#closed;
    return this.done;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #ask(message: WorkerRequest | WorkerCommand): Promise<WorkerEvent> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#tell(message);
    });
  }

  #tell(message: WorkerRequest | WorkerCommand): void {
    if (this.#child.stdin.writable) this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  #hear(event: WorkerEvent): void {
    if (event.event === 'error') {
      const { event: _, message, ...details } = event;
      this.#fail(Object.assign(new Error(message), details));
    } else if (event.event === 'done') {
      this.#settled = true;
      this.#resolveDone(snapshotOf(event));
      for (const waiting of this.#waiting.splice(0)) waiting.resolve(event);
    } else {
      this.#waiting.shift()?.resolve(event);
    }
  }

  #fail(error: Error): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#rejectDone(error);
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
  }

  #death(status: number | null, signal: NodeJS.Signals | null): Error {
    const how = signal ? `signal ${signal}` : `status ${status}`;
    const words = this.#lastWords.trim();
    return Object.assign(new Error(`worker ${this.#child.pid} ended before it was done: ${how}${words && `: ${words}`}`), { code: 'EWORKER' });
  }
}

function snapshotOf(event: WorkerSnapshot): WorkerSnapshot {
  const { tNs, latenessNs, threads, sockets, arrivals } = event;
  return { tNs, latenessNs, threads, sockets, arrivals };
}
