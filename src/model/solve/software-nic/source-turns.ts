import { longestLatenessNs } from '../../stages/wire-source.js';

/** A source's schedule as a count of packets that are due, and its way through its flows. */
export class SourceTurns {
  sent = 0;
  skipped = 0;
  private owed = 0;
  private countedUntil = 0;
  private readonly parts: number[];

  /**
   * @param gapTicks between two packets of its schedule; 0 for a flood
   * @param shares of its flows
   */
  constructor(
    readonly gapTicks: number,
    private readonly shares: readonly number[],
  ) {
    this.parts = shares.map(() => 0);
  }

  /** Packets due at a time. */
  dueAt(now: number): number {
    if (this.gapTicks === 0) return Number.POSITIVE_INFINITY;
    this.owed += (now - this.countedUntil) / this.gapTicks;
    this.countedUntil = now;
    return this.owed;
  }

  /** It owes nothing that is too late. */
  forget(now: number): void {
    const most = (longestLatenessNs * 1000) / this.gapTicks + 1;
    const due = this.dueAt(now);
    if (due <= most) return;
    this.skipped += due - most;
    this.owed = most;
  }

  /** Time of its next packet. */
  nextAt(now: number): number {
    return now + Math.max(0, Math.ceil((1 - this.dueAt(now)) * this.gapTicks));
  }

  /** Sends packets, of which the first leaves at a time, and delivers each flow's. */
  send(packets: number, index: number, first: number, deliver: (source: number, flow: number, packets: number, first: number) => void): void {
    this.sent += packets;
    if (this.gapTicks > 0) this.owed -= packets;
    for (let flow = 0; flow < this.shares.length; flow++) {
      const part = (this.parts[flow] as number) + packets * (this.shares[flow] as number);
      const whole = Math.floor(part + 1e-6);
      this.parts[flow] = part - whole;
      if (whole > 0) deliver(index, flow, whole, first);
    }
  }
}
