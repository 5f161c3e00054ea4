import type { Run, Sample } from '../experiment/index.js';
import { readKernelCounters } from '../host/index.js';
import type { ArrivalReading, ReceiverConfig, SenderConfig } from '../native/contract.js';
import { spawnWorker } from '../native/spawn-worker.js';
import type { WorkerProcess } from '../native/worker-process.js';
import type { Lab } from './lab.js';
import { receivePathObstacle } from './receive-path-obstacle.js';

/** How long the receiver must stay silent before the sockets count as drained. */
const silenceMs = 120;
const longestDrainMs = 3000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const refuse = (error: unknown): never => {
  throw receivePathObstacle(error);
};

/** A receiver and a sender in the two ends of a lab, each a process of its own, with the counters around them. */
export class Traffic {
  readonly #lab: Lab;
  readonly #sender: WorkerProcess;
  readonly #receiver: WorkerProcess;
  readonly #startNs = process.hrtime.bigint();
  #arrivals: ArrivalReading | null = null;

  private constructor(lab: Lab, sender: WorkerProcess, receiver: WorkerProcess) {
    this.#lab = lab;
    this.#sender = sender;
    this.#receiver = receiver;
  }

  /** Binds the receiving sockets first, so that no packet finds nobody at home. Nothing is sent yet. */
  static async open(lab: Lab, sender: SenderConfig, receiver: ReceiverConfig): Promise<Traffic> {
    const receiving = await spawnWorker({ role: 'receiver', namespace: lab.receiver.namespace, config: receiver }).catch(refuse);
    try {
      const sending = await spawnWorker({ role: 'sender', namespace: lab.sender.namespace, config: sender }).catch(refuse);
      return new Traffic(lab, sending, receiving);
    } catch (error) {
      receiving.kill();
      throw error;
    }
  }

  /** Process numbers of both ends. */
  get pids(): number[] {
    return [this.#sender.pid, this.#receiver.pid];
  }

  /** Starts the senders; they stop by themselves after so many seconds, even if nobody asks. */
  send(seconds: number): Promise<void> {
    return this.#sender.start(seconds);
  }

  /** Lets the threads of a paused receiver read. */
  read(): Promise<void> {
    return this.#receiver.start();
  }

  /** Waits for the senders' own end. */
  async sent(): Promise<void> {
    await this.#sender.done;
  }

  async sample(): Promise<Sample> {
    const [sender, receiver] = await Promise.all([this.#sender.snapshot(), this.#receiver.snapshot()]);
    this.#arrivals = receiver.arrivals;
    const kernel = readKernelCounters({
      senderPid: this.#sender.pid,
      senderDevice: this.#lab.sender.device,
      receiverPid: this.#receiver.pid,
      receiverDevice: this.#lab.receiver.device,
    });
    return { tNs: Number(process.hrtime.bigint() - this.#startNs), senders: sender.threads, receivers: receiver.threads, kernel };
  }

  /** How packets had come up to the last sample. */
  get arrivals(): ArrivalReading {
    return this.#arrivals ?? { batches: [], latencies: [], sequence: null };
  }

  /** Waits until the readers have emptied the sockets. @returns the last sample */
  async drained(): Promise<Sample> {
    const read = (sample: Sample) => sample.receivers.reduce((total, { packets }) => total + packets, 0);
    const deadline = Date.now() + longestDrainMs;
    let last = await this.sample();
    for (;;) {
      await pause(silenceMs);
      const next = await this.sample();
      if (read(next) === read(last) || Date.now() > deadline) return next;
      last = next;
    }
  }

  /** Bytes of truesize that lie in the receiving sockets now. */
  async queuedBytes(): Promise<number> {
    const { sockets } = await this.#receiver.snapshot();
    return sockets.reduce((total, { queuedBytes }) => total + queuedBytes, 0);
  }

  /** Ends both processes. @returns what the receiving sockets say of themselves */
  async close(): Promise<Run['sockets']> {
    const [, receiver] = await Promise.all([this.#sender.stop(), this.#receiver.stop()]);
    return receiver.sockets.map(({ socket, dropped, bufferBytes, truesizeBytes }) => ({ socket, dropped, bufferBytes, truesizeBytes }));
  }

  /** Ends both processes at once, for runs that failed. */
  kill(): void {
    this.#sender.kill();
    this.#receiver.kill();
  }
}
