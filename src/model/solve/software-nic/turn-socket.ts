import type { FairProcessor } from '../../simulate/fair-processor.js';
import { ticksOf } from '../../simulate/ticks.js';
import type { ReaderTurns } from './reader-turns.js';

/** A socket buffer as a count of packets, and the readers asleep on it. */
export class TurnSocket {
  waiting = 0;
  arrived = 0;
  lost = 0;
  /** Least that waited since somebody looked. */
  least = 0;
  private parts = 0;
  private noWakeUpBefore = 0;
  private readonly sleepers: ReaderTurns[] = [];
  private readonly wakeLatencyTicks: number;

  constructor(
    private readonly capacity: number,
    wakeLatencyNs: number,
  ) {
    this.wakeLatencyTicks = ticksOf(wakeLatencyNs);
  }

  /**
   * Packets, which need not be whole, of which the first is there at a time, and the others follow at equal distances.
   *
   * @param wakeTicks what it takes to wake a reader of another processor
   * @returns readers of other processors that were woken
   */
  put(packets: number, first: number, gapTicks: number, processor: FairProcessor, wakeTicks: number): number {
    this.parts += packets;
    const whole = Math.floor(this.parts + 1e-6);
    this.parts -= whole;
    const taken = Math.min(whole, this.capacity - this.waiting);
    this.arrived += whole;
    this.lost += whole - taken;
    this.waiting += taken;
    let woken = 0;
    for (let packet = 0, at = first; packet < taken && this.sleepers.length > 0; packet++, at += gapTicks) {
      if (at < this.noWakeUpBefore) continue;
      const reader = this.sleepers.shift() as ReaderTurns;
      this.noWakeUpBefore = at + this.wakeLatencyTicks;
      reader.wake(at);
      if (reader.isOn(processor)) continue;
      woken++;
      at += wakeTicks;
    }
    return woken;
  }

  take(most: number): number {
    const packets = Math.min(most, this.waiting);
    this.waiting -= packets;
    if (this.waiting < this.least) this.least = this.waiting;
    return packets;
  }

  sleep(reader: ReaderTurns): void {
    this.sleepers.push(reader);
  }
}
