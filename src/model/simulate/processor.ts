import type { EventSet } from './event-set.js';
import type { Softirq } from './softirq.js';
import { ticksPerNs } from './ticks.js';
import type { Work, WorkKind } from './work.js';

/** Slice of a thread beside others that are ready, as in stages/time-slices.ts. */
const fixedSliceTicks = 3e6 * ticksPerNs;

/**
 * One CPU. Its softirq interrupts the thread in hand and goes before all threads; threads that are ready run in turn, in
 * slices that end between two pieces of work. A thread that wakes waits for its turn.
 */
export class Processor {
  readonly busyTicks: Record<WorkKind, number> = { softirq: 0, system: 0, user: 0 };
  private inSoftirq = false;
  private thread: Work | null = null;
  private readonly ready: Work[] = [];
  /** End and length of the piece in hand; what is left of a thread's piece beneath the softirq. */
  private endsAt = 0;
  private softirqTicks = 0;
  private threadTicks = 0;
  private leftTicks = 0;
  private sliceEndsAt = 0;
  private turnEndsAt = 0;

  /**
   * @param isFair threads get a turn as long as the softirq's, once that is over, as ksoftirqd gives them; else one piece of their work
   */
  constructor(
    private readonly slot: number,
    private readonly events: EventSet,
    private readonly softirq: Softirq,
    private readonly isFair: boolean,
  ) {}

  get isBusy(): boolean {
    return this.inSoftirq || this.thread !== null;
  }

  /** A packet has come for the softirq. */
  interrupt(now: number): void {
    if (this.inSoftirq) return;
    if (this.thread !== null) {
      // A piece that ends now makes way by itself.
      if (now < this.turnEndsAt || this.endsAt <= now) return;
      this.leftTicks = this.endsAt - now;
      this.thread.pause?.();
    }
    this.dispatch(now);
  }

  /** A thread has become ready. */
  wake(thread: Work, now: number): void {
    this.ready.push(thread);
    if (!this.isBusy) this.dispatch(now);
  }

  /** The piece in hand is done. */
  done(now: number): void {
    if (this.inSoftirq) {
      this.busyTicks.softirq += this.softirqTicks;
      this.softirq.finish(now);
    } else if (this.thread) {
      this.busyTicks[this.thread.kind] += this.threadTicks;
      this.thread.finish(now);
      if (!this.isFair) this.turnEndsAt = now;
    }
    this.dispatch(now);
  }

  private dispatch(now: number): void {
    this.inSoftirq = false;
    if (this.softirqRuns(now) || this.threadRuns(now)) return;
    // Nobody uses what is left of the turn.
    this.turnEndsAt = now;
    this.softirqRuns(now);
  }

  private softirqRuns(now: number): boolean {
    const { softirq } = this;
    if (now < this.turnEndsAt) return false;
    if (softirq.hasWork && softirq.hasPolledEnough && (this.thread !== null || this.ready.length > 0)) {
      this.turnEndsAt = this.isFair ? now + softirq.polledTicks : Number.POSITIVE_INFINITY;
      softirq.giveWay();
      return false;
    }
    this.softirqTicks = softirq.begin(now);
    if (this.softirqTicks === 0) return false;
    this.inSoftirq = true;
    this.run(now, this.softirqTicks);
    return true;
  }

  private threadRuns(now: number): boolean {
    if (this.leftTicks > 0) {
      this.thread?.resume?.();
      this.run(now, this.leftTicks);
      this.leftTicks = 0;
      return true;
    }
    for (;;) {
      if (this.thread === null || (this.ready.length > 0 && now >= this.sliceEndsAt)) this.switchThread(now);
      if (this.thread === null) return false;
      this.threadTicks = this.thread.begin(now);
      if (this.threadTicks > 0) {
        this.run(now, this.threadTicks);
        return true;
      }
      this.thread = null;
    }
  }

  private switchThread(now: number): void {
    if (this.thread) this.ready.push(this.thread);
    this.thread = this.ready.shift() ?? null;
    this.sliceEndsAt = now + fixedSliceTicks;
  }

  private run(now: number, ticks: number): void {
    this.endsAt = now + ticks;
    this.events.set(this.slot, this.endsAt);
  }
}
