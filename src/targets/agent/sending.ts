import { HostError } from '../../experiment/index.js';
import type { SenderConfig } from '../../native/contract.js';
import type { WorkerSnapshot } from '../../native/worker-protocol.js';
import { headerBytes, type Lease, type Reading } from '../protocol/protocol.js';
import { Endpoint } from './endpoint.js';
import { requireDirectRoute } from './require-direct-route.js';
import { sleepUntil } from './sleep-until.js';

/** A lease dies when nobody has passed on the receiver's sign of life for so long. With the 0.1 s of the guard it stays below a second. */
const leaseMs = 800;

/** The sending side of a run on this host: it sends what a living lease allows, and nothing else. */
export class Sending {
  readonly #endpoint: Endpoint;
  readonly #lease: Lease;
  #pulse = 0;
  #renewedMs = Number.NEGATIVE_INFINITY;

  private constructor(endpoint: Endpoint, lease: Lease) {
    this.#endpoint = endpoint;
    this.#lease = lease;
  }

  /** @throws {HostError} for what the lease, the network or the control connection forbids */
  static async open(
    { interface: device, lease, allowRouted, config }: { interface: string; lease: Lease; allowRouted: boolean; config: SenderConfig },
    controlDevices: readonly string[],
  ): Promise<Sending> {
    if (controlDevices.includes(device)) throw new HostError(`send: ${device} carries the control connection; nothing is sent through it`);
    requireLeased(config, lease);
    const destinations = [...new Set(config.threads.flatMap((thread) => thread.destinations))];
    requireDirectRoute(destinations, device, allowRouted);
    return new Sending(await Endpoint.open({ role: 'sender', namespace: null, config }, device), lease);
  }

  /** Lets the threads go at an instant, and stops them when the lease dies or its caps are reached. */
  async start(seconds: number, atNs: number, onStop: (reason: string) => void): Promise<void> {
    if (!(seconds <= this.#lease.maxSeconds))
      throw new HostError(`start: seconds must be at most the lease's ${this.#lease.maxSeconds}, got ${seconds}`);
    await sleepUntil(atNs);
    if (!this.#lives()) throw new HostError('start: the lease is not alive; nothing is sent without one');
    this.#endpoint.guard((snapshot) => this.#fault(snapshot), onStop);
    await this.#endpoint.start(seconds);
  }

  /** Takes the receiver's sign of life; one that is not newer than the last proves nothing. */
  renew(token: string, pulse: number): void {
    if (token !== this.#lease.token) throw new HostError('renew: this is not the lease of this run');
    if (pulse <= this.#pulse) return;
    this.#pulse = pulse;
    this.#renewedMs = performance.now();
  }

  reading(atNs: number): Promise<Reading> {
    return this.#endpoint.reading(atNs);
  }

  stop(): Promise<Reading> {
    return this.#endpoint.stop();
  }

  kill(): void {
    this.#endpoint.kill();
  }

  #lives(): boolean {
    return performance.now() - this.#renewedMs <= leaseMs;
  }

  #fault({ threads }: WorkerSnapshot): string | null {
    if (!this.#lives()) return `stopped sending: no sign of life from the receiver for ${leaseMs / 1000} s`;
    const bytes = threads.reduce((sum, thread) => sum + thread.bytes + headerBytes * thread.packets, 0);
    return bytes > this.#lease.maxBytes ? `stopped sending: the lease allows ${this.#lease.maxBytes} bytes` : null;
  }
}

function requireLeased({ threads }: SenderConfig, lease: Lease): void {
  for (const { destinations, destinationPort } of threads) {
    const foreign = destinations.find((address) => !lease.addresses.includes(address));
    if (foreign !== undefined) throw new HostError(`send: the receiver did not lease its address ${foreign}`);
    if (destinationPort !== lease.port) throw new HostError(`send: the receiver leased port ${lease.port}, not ${destinationPort}`);
  }
  const offeredPps = threads.reduce((sum, thread) => sum + (thread.offeredPps ?? Number.POSITIVE_INFINITY), 0);
  if (!(offeredPps <= lease.maxPps)) throw new HostError(`send: the lease allows ${lease.maxPps} packets per second, got ${offeredPps}`);
}
