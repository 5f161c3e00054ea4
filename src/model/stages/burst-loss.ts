/**
 * Coupling: a sender fills one queue for a batch, then the next, so that packets reach a socket, and time and speed reach its reader, in
 * turns. A reader that would keep up on average falls behind while it is slow or they are many, and what its buffer cannot hold is lost. One
 * that works on its packets takes a batch out of the buffer first, so that the batch in hand waits besides.
 *
 * Rates stand still from one call of `begin` to the next; between them the caller asks `changesIn` and calls `advance` for no longer than that.
 *
 * Source: a fluid queue with a finite buffer and rates that change (A. I. Elwalid and D. Mitra, 1991); its reader as recvmmsg does, which returns
 * when the buffer is empty or the batch full.
 */
export class BurstBuffer {
  /** Packets that wait in the buffer, and that the reader has in hand. */
  waiting: number;
  inHand = 0;
  lost = 0;
  private isWorking = false;
  /** Smaller ones are as good as one packet after the other. */
  private readonly smallestBatch: number;
  private arrivalPps = 0;
  private capacityPps = 0;

  /** @param workShare of the reader's time for a packet that it works on it, after the batch is read; 0 reads one packet after the other */
  constructor(
    readonly bufferPackets: number,
    private readonly batchPackets: number,
    private readonly workShare: number,
    isFull: boolean,
  ) {
    this.waiting = isFull ? bufferPackets : 0;
    this.smallestBatch = Math.min(batchPackets, bufferPackets / 32);
  }

  /** Numbers all states in which its reader behaves differently. */
  get state(): number {
    return (this.isFull ? 1 : 0) + (this.isIdle ? 0 : 2) + (this.isWorking ? 4 : 0);
  }

  /** Neither waits a packet, nor has the reader any in hand. */
  get isIdle(): boolean {
    return this.waiting === 0 && this.inHand === 0;
  }

  get isFull(): boolean {
    return this.waiting >= this.bufferPackets;
  }

  /** Packets per second that leave the buffer now, of a reader that has time for as many in all. */
  takenPps(capacityPps: number): number {
    if (this.isWorking) return 0;
    return this.readsBatches ? capacityPps / (1 - this.workShare) : capacityPps;
  }

  begin(arrivalPps: number, capacityPps: number): void {
    this.arrivalPps = arrivalPps;
    this.capacityPps = Math.max(1e-9, capacityPps);
    // A reader that keeps up has no batches to speak of; one that does not begins with a small one.
    if (this.workShare > 0 && this.isIdle && arrivalPps > capacityPps) {
      this.inHand = this.smallestBatch;
      this.isWorking = true;
    }
  }

  /** Seconds after which the buffer is full or empty, or the reader turns to something else. */
  changesIn(): number {
    const growth = this.growthPps;
    let seconds = Number.POSITIVE_INFINITY;
    if (growth > 0 && !this.isFull) seconds = (this.bufferPackets - this.waiting) / growth;
    if (growth < 0 && this.waiting > 0) seconds = this.waiting / -growth;
    if (this.isWorking) seconds = Math.min(seconds, (this.inHand * this.workShare) / this.capacityPps);
    else if (this.readsBatches) seconds = Math.min(seconds, (this.batchPackets - this.inHand) / this.takenPps(this.capacityPps));
    return seconds;
  }

  advance(seconds: number): void {
    const growth = this.growthPps;
    if (this.isFull && growth > 0) this.lost += seconds * growth;
    if (this.isWorking) this.inHand -= (seconds * this.capacityPps) / this.workShare;
    else if (this.readsBatches) this.inHand += seconds * this.takenPps(this.capacityPps);
    this.waiting = this.settled(this.waiting + seconds * growth);
    if (this.isWorking && this.inHand < 1e-6) {
      this.isWorking = false;
      this.inHand = 0;
    } else if (!this.isWorking && (this.waiting === 0 || this.inHand > this.batchPackets - 1e-6)) {
      this.isWorking = this.inHand >= this.smallestBatch;
      if (!this.isWorking) this.inHand = 0;
    }
  }

  /** The same for any time, after which what waits is as much as before: batch after batch that is alike. */
  pass(seconds: number): void {
    this.lost += seconds * Math.max(0, this.arrivalPps - this.capacityPps);
  }

  private get readsBatches(): boolean {
    return this.workShare > 0 && !this.isIdle;
  }

  private get growthPps(): number {
    return this.arrivalPps - this.takenPps(this.capacityPps);
  }

  private settled(packets: number): number {
    if (packets > (1 - 1e-6) * this.bufferPackets) return this.bufferPackets;
    return packets < 1e-6 * this.bufferPackets ? 0 : packets;
  }
}
