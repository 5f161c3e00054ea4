import type { LaidOutSource, Turn } from './layout.js';

/** A source's way through its flows: one batch of packets to each turn. */
export class Turns {
  private index = 0;
  private sent = 0;

  constructor(private readonly source: LaidOutSource) {}

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
