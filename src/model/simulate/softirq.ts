import { pollPackets } from '../stages/softirq.js';
import { PacketQueue } from './packet-queue.js';
import type { RandomStream } from './random-stream.js';
import type { Reception } from './reception.js';
import { ticksOf } from './ticks.js';
import type { Work } from './work.js';

/** How much a softirq does before threads that are ready have their turn. */
export interface SoftirqTurn {
  packets: number;
  ticks: number;
}

/** The softirq of one CPU: polls its queues in turn, 64 packets at most from each. */
export class Softirq implements Work {
  readonly kind = 'softirq';
  /** Packets and ticks since it last gave way or ran dry. */
  polled = 0;
  polledTicks = 0;
  private readonly rings: PacketQueue[] = [];
  private waiting = 0;
  private current = 0;
  private polledOfRing = 0;
  private owesWakeUp = false;
  private isWakeUp = false;

  /**
   * @param speed of its CPU relative to a core alone
   * @param onTaken told the flow of each packet that leaves a queue
   */
  constructor(
    private readonly reception: Reception,
    private readonly wakeUpNs: number,
    private readonly speed: number,
    private readonly random: RandomStream,
    private readonly onTaken: (flow: number, now: number) => void,
    private readonly turn: SoftirqTurn,
  ) {}

  addRing(packets: number): PacketQueue {
    const ring = new PacketQueue(packets);
    this.rings.push(ring);
    return ring;
  }

  get hasWork(): boolean {
    return this.owesWakeUp || this.waiting > 0;
  }

  get hasPolledEnough(): boolean {
    // It looks at the clock between two polls.
    const isLate = this.polledTicks >= this.turn.ticks && this.polledOfRing >= pollPackets;
    return (this.polled >= this.turn.packets || isLate) && !this.owesWakeUp;
  }

  /** A packet reaches a ring. @returns false when the ring is full, and the packet lost */
  arrive(ring: PacketQueue, flow: number): boolean {
    if (ring.length >= ring.capacity) return false;
    ring.push(flow);
    this.waiting++;
    return true;
  }

  begin(now: number): number {
    this.isWakeUp = this.owesWakeUp;
    this.owesWakeUp = false;
    if (this.isWakeUp) return this.piece(this.wakeUpNs);
    if (this.waiting === 0) {
      this.giveWay();
      return 0;
    }
    if (this.polledOfRing >= pollPackets || this.ring.length === 0) this.nextRing();
    const flow = this.ring.shift();
    this.waiting--;
    this.polledOfRing++;
    this.polled++;
    this.onTaken(flow, now);
    return this.piece(this.reception.begin(flow, now));
  }

  finish(now: number): void {
    if (this.isWakeUp) this.reception.leave();
    else this.owesWakeUp = this.reception.finish(now);
  }

  /** Starts counting anew what it has polled. */
  giveWay(): void {
    this.polled = 0;
    this.polledTicks = 0;
  }

  private get ring(): PacketQueue {
    return this.rings[this.current] as PacketQueue;
  }

  private nextRing(): void {
    do this.current = (this.current + 1) % this.rings.length;
    while (this.ring.length === 0);
    this.polledOfRing = 0;
  }

  private piece(meanNs: number): number {
    const ticks = ticksOf((meanNs / this.speed) * this.random.exponential());
    this.polledTicks += ticks;
    return ticks;
  }
}
