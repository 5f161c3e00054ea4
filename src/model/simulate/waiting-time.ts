/** Adds up the intervals in which a source waits, in ticks, as of any time; the last of them may end later or be open. */
export class WaitingTime {
  private past = 0;
  private from = 0;
  private until = 0;

  /** A new interval, after all earlier ones have ended. */
  begin(from: number, until = Number.POSITIVE_INFINITY): void {
    this.past += this.until - this.from;
    this.from = from;
    this.until = until;
  }

  /** The open interval ends. */
  end(now: number): void {
    this.until = now;
  }

  upTo(now: number): number {
    return this.past + Math.max(0, Math.min(now, this.until) - this.from);
  }
}
