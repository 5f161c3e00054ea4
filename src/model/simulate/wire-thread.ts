import type { RandomStream } from './random-stream.js';
import { ticksOf, ticksPerNs } from './ticks.js';
import type { WireSource } from './wire-source.js';
import type { Work } from './work.js';

/** How often a wire that has nothing to send looks whether its slice is over [assumed]; alone on its CPU nobody asks. */
const spinTicks = 10_000 * ticksPerNs;

/** The in-kernel wire: one thread that never sleeps, makes every packet that is due, and catches up when it was kept from its CPU. */
export class WireThread implements Work {
  readonly kind = 'system';
  private inHand: WireSource | null = null;

  /**
   * @param packetNs on average, on this CPU
   * @param isAlone nobody else uses its CPU
   */
  constructor(
    private readonly sources: WireSource[],
    private readonly packetNs: number,
    private readonly isAlone: boolean,
    private readonly random: RandomStream,
    private readonly deliver: (ring: number, flow: number, now: number) => void,
  ) {}

  begin(now: number): number {
    const running = this.sources.filter(({ isStopped }) => !isStopped);
    const next = running.reduce<WireSource | null>((first, one) => (first && first.dueAt <= one.dueAt ? first : one), null);
    this.inHand = null;
    if (!next) return 0;
    const earlyTicks = next.dueAt - now;
    if (earlyTicks > 0) {
      const ticks = this.isAlone ? earlyTicks : Math.min(earlyTicks, spinTicks);
      for (const { waiting } of running) waiting.begin(now, now + ticks);
      return ticks;
    }
    this.inHand = next;
    next.advance(now);
    return ticksOf(this.packetNs * this.random.exponential());
  }

  finish(now: number): void {
    const { inHand } = this;
    if (!inHand) return;
    inHand.sent++;
    const { ring, flow } = inHand.turns.next();
    this.deliver(ring, flow, now);
  }
}
