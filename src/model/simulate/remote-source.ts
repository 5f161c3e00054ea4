import type { EventSet } from './event-set.js';
import type { RandomStream } from './random-stream.js';
import type { Schedule } from './schedule.js';
import { ticksOf } from './ticks.js';
import type { Turns } from './turns.js';
import { WaitingTime } from './waiting-time.js';
import type { Wire } from './wire.js';

/** A sending thread on a machine and core of its own: one packet after the other, each waiting for its slot on the wire. */
export class RemoteSource {
  sent = 0;
  /** When it had nothing to do but wait, for its schedule or for the wire. */
  readonly waiting = new WaitingTime();
  isStopped = false;
  private hasSlot = false;

  constructor(
    private readonly slot: number,
    private readonly events: EventSet,
    private readonly wire: Wire,
    private readonly sendNs: number,
    private readonly schedule: Schedule,
    private readonly turns: Turns,
    private readonly random: RandomStream,
    private readonly deliver: (ring: number, flow: number, now: number) => void,
  ) {}

  /** Begins the next packet. */
  start(now: number): void {
    const startsAt = Math.max(now, this.schedule.dueAt);
    this.schedule.advance();
    this.waiting.begin(now, startsAt);
    this.events.set(this.slot, startsAt + ticksOf(this.sendNs * this.random.exponential()));
  }

  /** The packet is made, or its slot has come. */
  ready(now: number): void {
    if (this.isStopped) return;
    if (!this.hasSlot) {
      const slotAt = this.wire.take(now);
      this.hasSlot = true;
      if (slotAt > now) {
        this.waiting.begin(now, slotAt);
        this.events.set(this.slot, slotAt);
        return;
      }
    }
    this.hasSlot = false;
    this.sent++;
    const { ring, flow } = this.turns.next();
    this.deliver(ring, flow, now);
    this.start(now);
  }
}
