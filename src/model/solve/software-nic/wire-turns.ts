import { ticksOf, ticksPerNs } from '../../simulate/ticks.js';
import type { CostValues } from '../../stages/cost-values.js';
import { handOnNs, wireRunsNs } from '../../stages/wire-source.js';
import type { SourceTurns } from './source-turns.js';
import { type TurnPlace, TurnThread } from './turn-thread.js';

/** Time in which a wire that nobody shares a CPU with makes what is due, before it looks again. */
const alonePieceNs = 4000;

/** The in-kernel wire in whole turns: it makes what is due or overdue, then hands on. */
export class WireTurns extends TurnThread {
  private readonly makeNs: number;
  private readonly nicNs: number;
  private readonly runsNs: number;
  private readonly restNs: number;
  /** Of each source, what a late one makes in a turn at most, and what of a packet is left from the turns before. */
  private readonly mostLate: number[];
  private readonly parts: number[];
  private readonly packets: number[];

  constructor(
    place: TurnPlace,
    private readonly sources: readonly SourceTurns[],
    costs: CostValues,
    speed: number,
    private readonly deliver: (source: number, flow: number, packets: number, first: number) => void,
  ) {
    super(place);
    this.nicNs = (costs.nicNs ?? 0) / speed;
    this.makeNs = (costs.wireNs ?? 0) / speed;
    this.runsNs = place.isAlone ? alonePieceNs : wireRunsNs(costs);
    this.restNs = place.isAlone ? 0 : handOnNs;
    this.mostLate = sources.map(({ gapTicks }) => {
      const leastNs = gapTicks / ticksPerNs / 2 + this.nicNs;
      if (place.isAlone) return this.runsNs / Math.max(leastNs, this.makeNs + this.nicNs);
      return 0.5 + this.runsNs / (meanOfLonger(leastNs, this.makeNs + this.nicNs) - this.nicNs);
    });
    this.parts = sources.map(() => 0);
    this.packets = sources.map(() => 0);
  }

  begin(now: number): number {
    const { sources, runsNs, makeNs, nicNs, packets, parts } = this;
    let all = 0;
    for (let index = 0; index < sources.length; index++) {
      const source = sources[index] as SourceTurns;
      source.forget(now);
      const due = source.dueAt(now);
      const coming = due + (runsNs * ticksPerNs) / source.gapTicks;
      const most = (this.mostLate[index] as number) + (parts[index] as number);
      const isLate = due >= 1 && most < coming;
      const made = Math.floor((isLate ? most : coming) + 1e-6);
      parts[index] = isLate ? most - made : 0;
      packets[index] = made;
      all += made;
    }
    const { isAlone } = this.place;
    const scale = isAlone ? 1 : Math.min(1, runsNs / Math.max(1e-9, all * makeNs));
    if (scale < 1) for (let index = 0; index < sources.length; index++) packets[index] = Math.floor((packets[index] as number) * scale);
    for (let index = 0; index < sources.length; index++) {
      const made = packets[index] as number;
      if (made === 0) continue;
      const source = sources[index] as SourceTurns;
      const first = Math.max(now, source.nextAt(now)) + ticksOf(makeNs + nicNs);
      this.handled += made;
      source.send(made, index, first, this.deliver);
    }
    const busyNs = Math.min(all, runsNs / Math.max(1e-9, makeNs)) * nicNs;
    return this.piece(isAlone ? Math.max(runsNs, all * (makeNs + nicNs)) : runsNs + this.restNs + busyNs);
  }
}

/** Mean of a time and an exponential one, whichever is longer. */
function meanOfLonger(fixedNs: number, meanNs: number): number {
  return fixedNs + meanNs * Math.exp(-fixedNs / meanNs);
}
