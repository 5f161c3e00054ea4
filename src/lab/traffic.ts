import type { Run, Sample } from '../experiment/index.js';
import { readKernelCounters } from '../host/index.js';
import type { ArrivalReading, ReceiverConfig, SenderConfig, WireConfig } from '../native/contract.js';
import { spawnWorker } from '../native/spawn-worker.js';
import type { WorkerProcess } from '../native/worker-process.js';
import type { Lab } from './lab.js';
import { receivePathObstacle } from './receive-path-obstacle.js';
import type { SoftwareNic } from './software-nic.js';

/** How long the receiver must stay silent before the sockets count as drained. */
const silenceMs = 120;
const longestDrainMs = 3000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const refuse = (error: unknown): never => {
  throw receivePathObstacle(error);
};

/** A process that sends, and which sources of the experiment its threads are. */
export type SendingWorker = ({ role: 'sender'; config: SenderConfig } | { role: 'wire'; config: WireConfig }) & { sources: number[] };

interface Sending {
  worker: WorkerProcess;
  sources: number[];
}

/** A receiver and those who send in the two ends of a lab, each a process of its own, with the counters around them. */
export class Traffic {
  readonly #lab: Lab;
  readonly #nic: SoftwareNic | null;
  readonly #senders: Sending[];
  readonly #receiver: WorkerProcess;
  readonly #startNs = process.hrtime.bigint();
  #arrivals: ArrivalReading | null = null;
  #queuedBytes = 0;
  #latenessNs = 0;

  private constructor(lab: Lab, nic: SoftwareNic | null, senders: Sending[], receiver: WorkerProcess) {
    this.#lab = lab;
    this.#nic = nic;
    this.#senders = senders;
    this.#receiver = receiver;
  }

  /**
   * Binds the receiving sockets first, so that no packet finds nobody at home. Nothing is sent yet.
   *
   * @param nic the software NIC that the packets pass, null for none
   */
  static async open(lab: Lab, sending: SendingWorker[], receiver: ReceiverConfig, nic: SoftwareNic | null = null): Promise<Traffic> {
    const receiving = await spawnWorker({ role: 'receiver', namespace: lab.receiver.namespace, config: receiver }).catch(refuse);
    const senders: Sending[] = [];
    try {
      for (const { sources, ...request } of sending) {
        senders.push({ worker: await spawnWorker({ ...request, namespace: lab.sender.namespace }).catch(refuse), sources });
      }
      return new Traffic(lab, nic, senders, receiving);
    } catch (error) {
      for (const { worker } of [...senders, { worker: receiving }]) worker.kill();
      throw error;
    }
  }

  /** Processes of both ends, and kernel threads that serve the NIC. */
  get pids(): number[] {
    return [...this.#senders.map(({ worker }) => worker.pid), this.#receiver.pid, ...(this.#nic?.threadPids ?? [])];
  }

  /** Latest that a paced packet had left after it was due, up to the last sample. */
  get latenessNs(): number {
    return this.#latenessNs;
  }

  /** Starts the senders; they stop by themselves after so many seconds, even if nobody asks. */
  async send(seconds: number): Promise<void> {
    await Promise.all(this.#senders.map(({ worker }) => worker.start(seconds)));
  }

  /** Lets the threads of a paused receiver read. */
  read(): Promise<void> {
    return this.#receiver.start();
  }

  /** Waits for the senders' own end. */
  async sent(): Promise<void> {
    await Promise.all(this.#senders.map(({ worker }) => worker.done));
  }

  async sample(): Promise<Sample> {
    const [receiver, ...senders] = await Promise.all([this.#receiver.snapshot(), ...this.#senders.map(({ worker }) => worker.snapshot())]);
    this.#arrivals = receiver.arrivals;
    this.#queuedBytes = receiver.sockets.reduce((total, { queuedBytes }) => total + queuedBytes, 0);
    const { xdpStatistics } = receiver.sockets[0] ?? {};
    this.#latenessNs = Math.max(...senders.map(({ latenessNs }) => latenessNs));
    const threads: Sample['senders'] = [];
    for (const [index, { sources }] of this.#senders.entries()) {
      for (const [place, source] of sources.entries()) threads[source] = senders[index]?.threads[place] as Sample['senders'][number];
    }
    const kernel = readKernelCounters({
      senderPid: this.#senders[0]?.worker.pid ?? this.#receiver.pid,
      senderDevice: this.#lab.sender.device,
      receiverPid: this.#receiver.pid,
      receiverDevice: this.#lab.receiver.device,
    });
    return {
      tNs: Number(process.hrtime.bigint() - this.#startNs),
      senders: threads,
      receivers: receiver.threads,
      kernel: { ...kernel, ...(xdpStatistics ? { receiverXdp: xdpStatistics } : {}) },
      ...(this.#nic ? { nicQueues: this.#nic.queues() } : {}),
    };
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
      // A reader that works on a large batch is silent for a while too.
      if ((read(next) === read(last) && this.#queuedBytes === 0) || Date.now() > deadline) return next;
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
    const [receiver] = await Promise.all([this.#receiver.stop(), ...this.#senders.map(({ worker }) => worker.stop())]);
    return receiver.sockets.map(({ socket, dropped, bufferBytes, truesizeBytes }) => ({ socket, dropped, bufferBytes, truesizeBytes }));
  }

  /** Ends both processes at once, for runs that failed. */
  kill(): void {
    for (const { worker } of this.#senders) worker.kill();
    this.#receiver.kill();
  }
}
