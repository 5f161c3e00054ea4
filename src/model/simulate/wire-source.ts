import { catchUpGap } from '../stages/catch-up-gap.js';
import type { Schedule } from './schedule.js';
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

  /** Its next packet has begun. */
  advance(now: number): void {
    this.schedule.advance();
    this.earliest = now + Math.round(this.schedule.gapTicks * catchUpGap);
  }
}
