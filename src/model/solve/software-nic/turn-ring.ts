/** The ring of a queue as a count of packets, with the parts of the flows in it. */
export class TurnRing {
  waiting = 0;
  arrived = 0;
  lost = 0;
  /** Least that waited since somebody looked. */
  least = 0;
  private readonly byFlow: number[];

  constructor(
    private readonly capacity: number,
    flows: number,
  ) {
    this.byFlow = new Array<number>(flows).fill(0);
  }

  /** @returns packets for which there was room */
  put(flow: number, packets: number): number {
    const taken = Math.min(packets, this.capacity - this.waiting);
    this.arrived += packets;
    this.lost += packets - taken;
    this.waiting += taken;
    this.byFlow[flow] = (this.byFlow[flow] as number) + taken;
    return taken;
  }

  /** Takes packets out, of each flow in proportion: `parts` are how many of each, which need not be whole. */
  take(packets: number, parts: number[]): void {
    const part = packets / this.waiting;
    this.waiting -= packets;
    if (this.waiting < this.least) this.least = this.waiting;
    for (let flow = 0; flow < this.byFlow.length; flow++) {
      const waiting = this.byFlow[flow] as number;
      parts[flow] = waiting * part;
      this.byFlow[flow] = waiting * (1 - part);
    }
  }
}
