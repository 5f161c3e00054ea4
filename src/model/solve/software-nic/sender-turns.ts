import type { SourceTurns } from './source-turns.js';
import { type TurnPlace, TurnThread } from './turn-thread.js';

/** Packets of a late or flooding program that are looked at together. */
const mostPackets = 4;

/** A sending program: one packet after the other when due, asleep until the next is. */
export class SenderTurns extends TurnThread {
  constructor(
    place: TurnPlace,
    private readonly source: SourceTurns,
    private readonly index: number,
    private readonly deliver: (source: number, flow: number, packets: number, first: number) => void,
  ) {
    super(place);
  }

  begin(now: number): number {
    const packets = Math.min(mostPackets, Math.floor(this.source.dueAt(now) + 1e-6));
    if (packets === 0) {
      this.place.events.set(this.place.slot, this.source.nextAt(now));
      return 0;
    }
    this.handled += packets;
    this.source.send(packets, this.index, now, this.deliver);
    return this.piece(packets * this.packetNs);
  }
}
