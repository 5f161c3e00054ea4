import { ticksOf } from '../../simulate/ticks.js';
import { packetsPerBatch } from '../../stages/queue-batch.js';
import type { TurnRing } from './turn-ring.js';
import type { TurnSocket } from './turn-socket.js';
import { type TurnPlace, TurnThread } from './turn-thread.js';

/** The thread of a queue: its batches are put into their sockets at once. */
export class QueueTurns extends TurnThread {
  private isAsleep = true;
  private wasWoken = false;
  private readonly parts: number[] = [];

  constructor(
    place: TurnPlace,
    private readonly ring: TurnRing,
    /** Of each flow. */
    private readonly sockets: readonly TurnSocket[],
    private readonly queueWakeNs: number,
    private readonly wakeUpNs: number,
    private readonly wakeLatencyTicks: number,
  ) {
    super(place);
  }

  /** Packets of a flow reach the ring, the first at a time. */
  arrive(flow: number, packets: number, first: number, isLocal: boolean): void {
    if (this.ring.put(flow, packets) === 0 || !this.isAsleep) return;
    this.isAsleep = false;
    this.wakeUps++;
    this.wasWoken = !isLocal;
    this.place.events.set(this.place.slot, first + this.wakeLatencyTicks);
  }

  begin(now: number): number {
    const packets = Math.min(packetsPerBatch, this.ring.waiting);
    if (packets === 0) {
      this.isAsleep = true;
      return 0;
    }
    const startNs = this.wasWoken ? this.queueWakeNs : 0;
    this.wasWoken = false;
    this.handled += packets;
    const gapTicks = ticksOf(this.packetNs);
    const first = now + ticksOf(startNs) + gapTicks;
    const wakeTicks = ticksOf(this.wakeUpNs);
    let woken = 0;
    this.ring.take(packets, this.parts);
    for (let flow = 0; flow < this.sockets.length; flow++) {
      const part = this.parts[flow] ?? 0;
      if (part > 0) woken += (this.sockets[flow] as TurnSocket).put(part, first, gapTicks, this.place.processor, wakeTicks);
    }
    return this.piece(startNs + packets * this.packetNs + woken * this.wakeUpNs);
  }
}
