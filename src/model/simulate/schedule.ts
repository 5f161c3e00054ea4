import { ticksPerSecond } from './ticks.js';

/** When the packets of a source are due: at once for a flood, else evenly spaced from a random phase, whatever the sender's delay. */
export class Schedule {
  private count = 0;
  /** Between two packets. */
  readonly gapTicks: number;

  /** @param phase 0 to 1, when the first packet is due in the first gap */
  constructor(
    offeredPps: number | null,
    private readonly phase: number,
  ) {
    this.gapTicks = offeredPps === null ? 0 : ticksPerSecond / offeredPps;
  }

  /** When the next packet is due, in ticks. */
  get dueAt(): number {
    return Math.round((this.count + this.phase) * this.gapTicks);
  }

  /** Packets that were due before are not sent. */
  skipTo(tick: number): void {
    if (this.gapTicks > 0 && this.dueAt < tick) this.count = Math.max(this.count, Math.ceil(tick / this.gapTicks - this.phase));
  }

  /** The next packet has begun. */
  advance(): void {
    this.count++;
  }
}
