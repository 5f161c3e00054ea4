import { ticksOf } from './ticks.js';

/** The wire: slots one after the other, first come first served, so that it slows all senders that want more than there is. */
export class Wire {
  busyTicks = 0;
  private freeAt = 0;
  private readonly slotTicks: number;

  constructor(wirePps: number) {
    this.slotTicks = ticksOf(1e9 / wirePps);
  }

  /** Takes the next free slot. @returns when it begins */
  take(now: number): number {
    const startsAt = Math.max(now, this.freeAt);
    this.freeAt = startsAt + this.slotTicks;
    this.busyTicks += this.slotTicks;
    return startsAt;
  }
}
