import os from 'node:os';
import { HostError, InputError } from '../../experiment/index.js';
import { Journal } from '../../host/index.js';
import { type Lock, takeLock } from '../../lab/lock.js';
import type { ReceiverConfig, SenderConfig } from '../../native/contract.js';
import type { Answers, Message, Request } from '../protocol/protocol.js';
import { controlInterfaces } from './control-interfaces.js';
import { describeHost } from './describe-host.js';
import { journalFolder } from './journal-folder.js';
import { readNic } from './read-nic.js';
import { Receiving } from './receiving.js';
import { Sending } from './sending.js';
import { tune } from './tuning/tune.js';

/** Above the threads that it looks after, where it may. */
const agentPriority = -10;

/** The kit's program on a target host: does what one controlling side asks, and cleans up when that side is gone. */
export class Agent {
  readonly #tell: (message: Message) => void;
  readonly #control: string[];
  #lock: Lock | undefined;
  #journal: Journal | undefined;
  #sending: Sending | undefined;
  #receiving: Receiving | undefined;

  constructor(tell: (message: Message) => void) {
    this.#tell = tell;
    this.#control = controlInterfaces();
  }

  /** Does what is asked, and answers. */
  async obey(request: Request): Promise<void> {
    try {
      this.#tell({ id: request.id, answer: await this.#answer(request) });
    } catch (error) {
      const { code = 'ERROR', message } = error as NodeJS.ErrnoException;
      this.#tell({ id: request.id, error: { code, message: message.split('\n')[0] ?? '' } });
    }
  }

  /** Ends all threads and takes back everything. Twice is harmless. */
  async end(): Promise<void> {
    this.#sending?.kill();
    this.#receiving?.kill();
    this.#journal?.undo();
    await this.#lock?.release();
    this.#lock = undefined;
  }

  async #answer(request: Request): Promise<Answers[keyof Answers]> {
    switch (request.verb) {
      case 'clock':
        return { monotonicNs: Number(process.hrtime.bigint()), wallMs: Date.now() };
      case 'describe':
        return describeHost(request.interface);
      case 'reserve':
        this.#lock ??= await takeLock({ waitS: 0 });
        return {};
      case 'tune':
        return this.#tune(request);
      case 'receive':
        return this.#receive(request);
      case 'send':
        this.#requireFree();
        this.#sending = await Sending.open({ ...request, config: request.config as unknown as SenderConfig }, this.#control);
        raisePriority();
        return {};
      case 'start':
        await this.#sender().start(request.seconds, request.atNs, (reason) => this.#tell({ event: 'stopped', reason }));
        return {};
      case 'pulse':
        if (!this.#receiving) throw new InputError('pulse: nothing is received here');
        return { pulse: this.#receiving.pulse() };
      case 'renew':
        this.#sender().renew(request.token, request.pulse);
        return {};
      case 'sample':
        return this.#endpoint().reading(request.atNs);
      case 'drain':
        if (!this.#receiving) throw new InputError('drain: nothing is received here');
        return this.#receiving.drained();
      case 'stop':
        return this.#endpoint().stop();
    }
  }

  async #receive(request: Extract<Request, { verb: 'receive' }>): Promise<Answers['receive']> {
    this.#requireFree();
    const nic = readNic(request.interface);
    if (!nic) throw new HostError(`receive: there is no interface ${request.interface}`);
    this.#receiving = await Receiving.open(
      { nic, terms: request.terms, config: request.config as unknown as ReceiverConfig },
      this.#control,
      (reason) => this.#tell({ event: 'stopped', reason }),
    );
    raisePriority();
    return { lease: this.#receiving.lease };
  }

  #tune({ interface: device, allow, wishes }: Extract<Request, { verb: 'tune' }>): Answers['tune'] {
    this.#requireFree();
    if (this.#control.includes(device)) throw new HostError(`tune: ${device} carries the control connection; it is not touched`);
    const nic = readNic(device);
    if (!nic) throw new HostError(`tune: there is no interface ${device}`);
    this.#journal ??= Journal.open(journalFolder, `run-${process.pid}`);
    return { changes: tune({ journal: this.#journal, nic, controlDevices: this.#control, wishes }, allow) };
  }

  #requireFree(): void {
    if (!this.#lock) throw new InputError('the host must be reserved first');
    if (this.#sending || this.#receiving) throw new InputError('this link has its threads already');
  }

  #sender(): Sending {
    if (!this.#sending) throw new InputError('nothing is sent from here');
    return this.#sending;
  }

  #endpoint(): Sending | Receiving {
    const endpoint = this.#sending ?? this.#receiving;
    if (!endpoint) throw new InputError('nothing is sent or received here');
    return endpoint;
  }
}

/** Only the calling thread's, so that the threads of a run, which exist by now, keep the usual one. */
function raisePriority(): void {
  try {
    os.setPriority(agentPriority);
  } catch {
    // Only root may.
  }
}
