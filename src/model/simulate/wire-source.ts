import { longestLatenessNs } from '../stages/wire-source.js';
import type { Schedule } from './schedule.js';
import { ticksOf } from './ticks.js';
import type { Turns } from './turns.js';
import { WaitingTime } from './waiting-time.js';

/** One source of the wire: what is due when, and where it goes. The wire itself is one thread, see WireThread. */
export class WireSource {
  sent = 0;
  readonly waiting = new WaitingTime();
  isStopped = false;
  private earliest = 0;

  constructor(
    private readonly schedule: Schedule,
    readonly turns: Turns,
  ) {}

  /** When its next packet may be made, in ticks: as scheduled, but at twice the pace at most where it is behind. */
  get dueAt(): number {
    return Math.max(this.schedule.dueAt, this.earliest);
  }

  /** It owes nothing that is too late. */
  forget(now: number): void {
    this.schedule.skipTo(now - ticksOf(longestLatenessNs));
  }

  /** Its next packet has begun, and will take the wire so long to hand on. */
  advance(now: number, handingTicks: number): void {
    this.schedule.advance();
    this.earliest = now + Math.round(this.schedule.gapTicks / 2) + handingTicks;
  }
}
