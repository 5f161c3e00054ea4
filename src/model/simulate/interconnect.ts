import { ticksPerNs, ticksPerSecond } from './ticks.js';

/** Length of the intervals in which crossings are counted [assumed]. */
const intervalTicks = 1e6 * ticksPerNs;

/** Counts packets that change nodes. Its load at any time is the rate of the last full millisecond, where predict uses the mean. */
export class Interconnect {
  private intervalStart = 0;
  private crossings = 0;
  private lastPps = 0;

  /** Packets per second that changed nodes of late. */
  pps(now: number): number {
    if (now - this.intervalStart >= intervalTicks) {
      const full = now - this.intervalStart < 2 * intervalTicks;
      this.lastPps = full ? (this.crossings * ticksPerSecond) / intervalTicks : 0;
      this.crossings = 0;
      this.intervalStart = now - (now % intervalTicks);
    }
    return this.lastPps;
  }

  /** One packet changes nodes. */
  cross(): void {
    this.crossings++;
  }
}
