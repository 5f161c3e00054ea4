import type { CostValues } from '../stages/cost-values.js';
import { wireRunsNs, wireTurnNs } from '../stages/wire-source.js';
import type { RandomStream } from './random-stream.js';
import { ticksOf } from './ticks.js';
import type { WireSource } from './wire-source.js';
import type { Work } from './work.js';

/** What the wire is made of. */
export interface WireThreadParts {
  sources: WireSource[];
  costs: CostValues;
  /** Of its CPU relative to a core alone. */
  speed: number;
  /** Nobody else uses its CPU: nobody asks when its turns end. */
  isAlone: boolean;
  random: RandomStream;
  deliver: (ring: number, flow: number, now: number) => void;
}

/** The in-kernel wire: one thread that never sleeps. In each turn it makes the packets that are due, then hands them on, and only then lets others in. */
export class WireThread implements Work {
  readonly kind = 'system';
  private inHand: WireSource | null = null;
  private runsEndAt = 0;
  private turnEndsAt = 0;

  constructor(private readonly parts: WireThreadParts) {}

  begin(now: number): number {
    const { sources, isAlone, costs, speed, random } = this.parts;
    const running = sources.filter(({ isStopped }) => !isStopped);
    this.inHand = null;
    if (running.length === 0) return 0;
    if (now >= this.turnEndsAt) {
      this.runsEndAt = now + ticksOf(wireRunsNs(costs));
      this.turnEndsAt = now + ticksOf(wireTurnNs(costs));
    }
    for (const source of running) source.forget(now);
    const next = running.reduce((first, one) => (first.dueAt <= one.dueAt ? first : one));
    const mayMake = isAlone || now < this.runsEndAt;
    if (mayMake && next.dueAt <= now) {
      this.inHand = next;
      const ticks = ticksOf((((costs.wireNs ?? 0) + (costs.nicNs ?? 0)) / speed) * random.exponential());
      const handingTicks = ticksOf((costs.nicNs ?? 0) / speed);
      this.runsEndAt += handingTicks;
      this.turnEndsAt += handingTicks;
      next.advance(now, handingTicks);
      return ticks;
    }
    const until = isAlone ? next.dueAt : mayMake ? Math.min(next.dueAt, this.runsEndAt) : this.turnEndsAt;
    for (const { waiting } of running) waiting.begin(now, until);
    return until - now;
  }

  finish(now: number): void {
    const { inHand } = this;
    if (!inHand) return;
    inHand.sent++;
    const { ring, flow } = inHand.turns.next();
    this.parts.deliver(ring, flow, now);
  }

  mayYield(now: number): boolean {
    return now >= this.turnEndsAt;
  }
}
