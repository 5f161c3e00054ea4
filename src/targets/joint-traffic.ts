import { isDeepStrictEqual } from 'node:util';
import { HostError, type Run } from '../experiment/index.js';
import type { Readings } from './joint-sample.js';
import { monotonicMs } from './monotonic-ms.js';
import type { NativeSettings, Reading } from './protocol/protocol.js';
import type { ReachedHost, Testbed } from './testbed.js';
import type { TrafficPlan } from './traffic-plan.js';

/** How often the receiver's sign of life is passed on; a sender stops when none came for 0.8 s. */
const pulseMs = 150;
/** Instants that all hosts wait for lie so far ahead, beyond the slowest round trip. */
const leadMs = 60;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** One run's receiver and senders on their hosts, with a lease between them. */
export class JointTraffic {
  readonly #testbed: Testbed;
  readonly #plan: TrafficPlan;
  readonly #token: string;
  readonly #slowestMs: number;
  #last: Readings | undefined;
  #isOver = false;
  /** Resolves with the reason when a host stops by itself or vanishes. */
  readonly broken: Promise<HostError>;

  private constructor(testbed: Testbed, plan: TrafficPlan, token: string) {
    this.#testbed = testbed;
    this.#plan = plan;
    this.#token = token;
    this.#slowestMs = Math.max(...testbed.all.map(({ clock }) => clock.roundTripMs));
    this.broken = Promise.race(testbed.all.map(({ link }) => link.ended));
  }

  /** Opens the receiver first, takes its lease, then the senders; nothing is sent yet. @throws {HostError} when one refuses */
  static async open(testbed: Testbed, plan: TrafficPlan, allowRouted: boolean): Promise<JointTraffic> {
    const { receiver, senders } = testbed;
    const { lease } = await receiver.link.ask('receive', {
      interface: receiver.host.interface,
      terms: plan.terms,
      config: plan.receiver.config as unknown as NativeSettings,
    });
    const { token, ...granted } = lease;
    if (!isDeepStrictEqual(granted, plan.terms))
      throw new HostError(`${receiver.host.name}: the lease that it granted is not the one that was asked for`);
    await Promise.all(
      senders.map(({ link, host }, index) =>
        link.ask('send', {
          interface: host.interface,
          lease,
          allowRouted,
          config: (plan.senders[index]?.config ?? { threads: [] }) as unknown as NativeSettings,
        }),
      ),
    );
    return new JointTraffic(testbed, plan, token);
  }

  /** Starts all senders at one instant. @returns that instant on this machine's monotonic clock, in milliseconds */
  async start(): Promise<number> {
    // The lease must live before anybody may send.
    await this.#pass();
    void this.#keepAlive();
    const atMs = monotonicMs() + leadMs + this.#slowestMs;
    await Promise.all(this.#testbed.senders.map((sender) => sender.link.ask('start', { seconds: this.#plan.sendingS, atNs: onHost(sender, atMs) })));
    return atMs;
  }

  /** Reads all hosts at one instant. @throws {HostError} when one does not answer */
  async read(): Promise<Readings> {
    const atMs = monotonicMs() + leadMs + this.#slowestMs;
    this.#last = await this.#gather((host) => host.link.ask('sample', { atNs: onHost(host, atMs) }));
    return this.#last;
  }

  /** Waits for the end of sending, and until the receiver says that nothing arrives any more. */
  async drain(): Promise<Readings> {
    const senders = await Promise.all(this.#testbed.senders.map(({ link }) => link.ask('stop', {})));
    this.#isOver = true;
    const receiver = await this.#testbed.receiver.link.ask('drain', {});
    this.#last = this.#join(receiver, senders);
    return this.#last;
  }

  /** Stops what still can be stopped after a fault. @returns the newest counters that are known of each host */
  async salvage(): Promise<Readings | undefined> {
    this.#isOver = true;
    const last = this.#last;
    if (!last) return undefined;
    const ask = async (host: ReachedHost, before: Reading) => host.link.ask('stop', {}, 3).catch(() => before);
    const senders = await Promise.all(this.#testbed.senders.map((sender, index) => ask(sender, last.senders[index]?.reading as Reading)));
    const receiver = await this.#testbed.receiver.link.ask('drain', {}, 5).catch(() => last.receiver);
    return this.#join(receiver, senders);
  }

  /** What the receiving sockets say of themselves at the end. */
  async sockets(): Promise<Run['sockets']> {
    const fallback = this.#last?.receiver;
    const { sockets } = await this.#testbed.receiver.link.ask('stop', {}, 5).catch(() => fallback ?? { sockets: [] });
    return sockets;
  }

  async #gather(ask: (host: ReachedHost) => Promise<Reading>): Promise<Readings> {
    const [receiver, ...senders] = await Promise.all(this.#testbed.all.map(ask));
    return this.#join(receiver as Reading, senders);
  }

  #join(receiver: Reading, senders: Reading[]): Readings {
    return { receiver, senders: senders.map((reading, index) => ({ reading, sources: this.#plan.senders[index]?.sources ?? [] })) };
  }

  /** Carries the receiver's sign of life to the senders until the run is over; when it stays away, they stop by themselves. */
  async #keepAlive(): Promise<void> {
    try {
      while (!this.#isOver) {
        await pause(pulseMs);
        await this.#pass();
      }
    } catch {
      // The link that failed tells why; nothing is renewed any more.
    }
  }

  async #pass(): Promise<void> {
    const { pulse } = await this.#testbed.receiver.link.ask('pulse', {});
    await Promise.all(this.#testbed.senders.map(({ link }) => link.ask('renew', { token: this.#token, pulse })));
  }
}

function onHost({ clock }: ReachedHost, atMs: number): number {
  return Math.round(atMs * 1e6 + clock.monotonicOffsetNs);
}
