import type { LaidOutSource, Turn } from './layout.js';

/** A source's way through its flows: one batch of packets to each turn. */
export class Turns {
  private index: number;
  private sent: number;

  /** @param start 0 to 1, how far round it is at first: sources of equal cycles are not in step because a simulation begins */
  constructor(
    private readonly source: LaidOutSource,
    start: number,
  ) {
    const packets = Math.floor(start * source.turns.length * source.batchPackets);
    this.index = Math.floor(packets / source.batchPackets);
    this.sent = packets % source.batchPackets;
  }

  /** Where the next packet goes. */
  next(): Turn {
    const { turns, batchPackets } = this.source;
    if (this.sent >= batchPackets) {
      this.sent = 0;
      this.index = (this.index + 1) % turns.length;
    }
    this.sent++;
    return turns[this.index] as Turn;
  }
}
