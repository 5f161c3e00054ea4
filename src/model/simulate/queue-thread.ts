import { packetsPerBatch } from '../stages/queue-batch.js';
import type { EventSet } from './event-set.js';
import { PacketQueue } from './packet-queue.js';
import type { RandomStream } from './random-stream.js';
import type { Reception } from './reception.js';
import type { ThreadCpu } from './thread-cpu.js';
import { ticksOf } from './ticks.js';
import type { Work } from './work.js';

/** What a queue's thread is made of. */
export interface QueueThreadParts {
  slot: number;
  events: EventSet;
  processor: ThreadCpu;
  reception: Reception;
  ringPackets: number;
  /** What it costs to start it, to wake a reader, and how long it takes from waking to running. */
  queueWakeNs: number;
  wakeUpNs: number;
  wakeLatencyNs: number;
  /** Of its CPU relative to a core alone. */
  speed: number;
  random: RandomStream;
}

/** The kernel thread that serves one queue of a software NIC: eight packets at a time from its ring into their sockets, asleep when the ring is empty. */
export class QueueThread implements Work {
  readonly kind = 'system';
  private readonly ring: PacketQueue;
  private readonly inHand = new PacketQueue(packetsPerBatch);
  private phase: 'asleep' | 'starting' | 'receiving' | 'waking' | 'ready' = 'asleep';
  private owesWakeUp = false;
  private wasWoken = false;

  constructor(private readonly parts: QueueThreadParts) {
    this.ring = new PacketQueue(parts.ringPackets);
  }

  /** A packet reaches the ring, from a thread of the same CPU or of another. @returns false when the ring is full, and the packet lost */
  arrive(flow: number, now: number, isLocal: boolean): boolean {
    if (this.ring.length >= this.ring.capacity) return false;
    this.ring.push(flow);
    if (this.phase === 'asleep') {
      this.phase = 'starting';
      this.wasWoken = !isLocal;
      this.parts.events.set(this.parts.slot, now + ticksOf(this.parts.wakeLatencyNs));
    }
    return true;
  }

  /** The wake-up has arrived. */
  ready(now: number): void {
    this.parts.processor.wake(this, now);
  }

  begin(now: number): number {
    const { reception, wakeUpNs, queueWakeNs } = this.parts;
    if (this.wasWoken) {
      this.wasWoken = false;
      if (queueWakeNs > 0) return this.piece('starting', queueWakeNs);
    }
    if (this.owesWakeUp) {
      this.owesWakeUp = false;
      return this.piece('waking', wakeUpNs);
    }
    if (this.inHand.length === 0) {
      while (this.ring.length > 0 && this.inHand.length < packetsPerBatch) this.inHand.push(this.ring.shift());
    }
    if (this.inHand.length === 0) {
      this.phase = 'asleep';
      return 0;
    }
    return this.piece('receiving', reception.begin(this.inHand.shift(), now));
  }

  finish(now: number): void {
    const { phase } = this;
    this.phase = 'ready';
    if (phase === 'receiving') this.owesWakeUp = this.parts.reception.finish(now);
    else if (phase === 'waking') this.parts.reception.leave();
  }

  /** Not between the packets of a batch. */
  mayYield(): boolean {
    return this.inHand.length === 0 && !this.owesWakeUp;
  }

  private piece(phase: 'starting' | 'receiving' | 'waking', meanNs: number): number {
    this.phase = phase;
    return ticksOf((meanNs / this.parts.speed) * this.parts.random.exponential());
  }
}
