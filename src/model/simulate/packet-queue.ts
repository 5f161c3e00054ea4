/** A bounded first-in first-out queue of packets, of which only the flow is kept. */
export class PacketQueue {
  length = 0;
  private head = 0;
  private readonly flows: Int32Array;

  constructor(readonly capacity: number) {
    this.flows = new Int32Array(capacity);
  }

  /** Puts a packet at the end; the caller has seen that there is room. */
  push(flow: number): void {
    const end = this.head + this.length;
    this.flows[end < this.capacity ? end : end - this.capacity] = flow;
    this.length++;
  }

  /** Takes the first packet; the caller has seen that there is one. */
  shift(): number {
    const flow = this.flows[this.head] as number;
    this.head = this.head + 1 < this.capacity ? this.head + 1 : 0;
    this.length--;
    return flow;
  }
}
