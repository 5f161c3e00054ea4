import type { CostValues } from '../stages/cost-values.js';
import { stalledShare } from '../stages/interruptions.js';
import type { RandomStream } from './random-stream.js';
import { ticksOf } from './ticks.js';

/** When one reader stalls: up and down for exponential times, as stages/interruptions.ts has it. Followed only as far as somebody asks. */
export class Stalls {
  private readonly upNs: number;
  private readonly stallNs: number;
  /** Of the stall that is next or on. */
  private beginsAt = Number.POSITIVE_INFINITY;
  private endsAt = Number.POSITIVE_INFINITY;

  constructor(
    costs: Pick<CostValues, 'stallRatio' | 'stallNs'>,
    private readonly random: RandomStream,
  ) {
    const down = stalledShare(costs);
    this.stallNs = costs.stallNs ?? 0;
    this.upNs = (this.stallNs * (1 - down)) / down;
    if (down > 0) this.follow(0);
  }

  /** @returns ticks until who begins at `now` has had so many of its own; times must not go back */
  lengthen(now: number, ticks: number): number {
    while (this.endsAt <= now) this.follow(this.endsAt);
    let end = now + ticks;
    while (this.beginsAt < end) {
      end += this.endsAt - Math.max(this.beginsAt, now);
      this.follow(this.endsAt);
    }
    return end - now;
  }

  private follow(last: number): void {
    this.beginsAt = last + ticksOf(this.upNs * this.random.exponential());
    this.endsAt = this.beginsAt + ticksOf(this.stallNs * this.random.exponential());
  }
}
