import { randomBytes } from 'node:crypto';
import { addressOf, HostError } from '../../experiment/index.js';
import type { ReceiverConfig } from '../../native/contract.js';
import type { WorkerSnapshot } from '../../native/worker-protocol.js';
import { headerBytes, type Lease, type LeaseTerms, type NicFacts, type Reading } from '../protocol/protocol.js';
import { Endpoint } from './endpoint.js';

/** Packets arrive in clumps after a pause; so much more than the cap is still no breach. */
const tolerance = { share: 1.1, seconds: 0.5 };

/** The receiving side of a run on this host: open sockets, and the lease that says who may send what to them. */
export class Receiving {
  readonly lease: Lease;
  readonly #endpoint: Endpoint;
  #pulse = 0;
  #firstNs = 0;
  #isBroken = false;

  private constructor(endpoint: Endpoint, lease: Lease) {
    this.#endpoint = endpoint;
    this.lease = lease;
  }

  /** @throws {HostError} for what this host's network or the control connection forbids */
  static async open(
    { nic, terms, config }: { nic: NicFacts; terms: LeaseTerms; config: ReceiverConfig },
    controlDevices: readonly string[],
    onStop: (reason: string) => void,
  ): Promise<Receiving> {
    if (controlDevices.includes(nic.interface)) {
      throw new HostError(`receive: ${nic.interface} carries the control connection; no lease is granted on it`);
    }
    const own = nic.addresses.map(addressOf);
    const foreign = terms.addresses.find((address) => !own.includes(address));
    if (foreign !== undefined)
      throw new HostError(`receive: ${nic.interface} does not have the address ${foreign}; it has ${own.join(', ') || 'none'}`);
    const lease = { ...terms, token: randomBytes(16).toString('hex') };
    const receiving = new Receiving(await Endpoint.open({ role: 'receiver', namespace: null, config }, nic.interface), lease);
    receiving.#endpoint.guard(
      (snapshot) => receiving.#fault(snapshot, config.payloadBytes ?? 0),
      (reason) => {
        receiving.#isBroken = true;
        onStop(reason);
      },
    );
    return receiving;
  }

  /** A sign of life: a number that grows. @throws {HostError} once the sockets are closed */
  pulse(): number {
    if (this.#isBroken || this.#endpoint.isDone) throw new HostError('receive: the sockets are closed');
    this.#pulse += 1;
    return this.#pulse;
  }

  reading(atNs: number): Promise<Reading> {
    return this.#endpoint.reading(atNs);
  }

  drained(): Promise<Reading> {
    return this.#endpoint.drained();
  }

  stop(): Promise<Reading> {
    return this.#endpoint.stop();
  }

  kill(): void {
    this.#endpoint.kill();
  }

  #fault({ tNs, threads, sockets }: WorkerSnapshot, payloadBytes: number): string | null {
    const packets = threads.reduce((sum, thread) => sum + thread.packets, 0) + sockets.reduce((sum, socket) => sum + socket.dropped, 0);
    if (packets === 0) return null;
    this.#firstNs ||= tNs;
    const { maxPps, maxBytes } = this.lease;
    const seconds = (tNs - this.#firstNs) / 1e9 + tolerance.seconds;
    if (packets > tolerance.share * maxPps * seconds) return `stopped receiving: more than the lease's ${maxPps} packets per second arrived`;
    if (packets * (payloadBytes + headerBytes) > tolerance.share * maxBytes)
      return `stopped receiving: more than the lease's ${maxBytes} bytes arrived`;
    return null;
  }
}
