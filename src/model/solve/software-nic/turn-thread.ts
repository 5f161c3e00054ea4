import type { EventSet } from '../../simulate/event-set.js';
import type { FairProcessor } from '../../simulate/fair-processor.js';
import { ticksOf } from '../../simulate/ticks.js';
import type { Work } from '../../simulate/work.js';

/** What every thread needs to take its turns. */
export interface TurnPlace {
  slot: number;
  events: EventSet;
  processor: FairProcessor;
  weight: number;
  /** Nobody else uses its CPU, or readers only: what it pays to wake up is in its packets. */
  isAlone: boolean;
}

/** A thread that works through whole batches where a simulated one works through packets. */
export abstract class TurnThread implements Work {
  readonly kind = 'system';
  /** Cost of one of its packets in the present estimate. */
  packetNs = 0;
  handled = 0;
  wakeUps = 0;
  busyTicks = 0;
  private pieceTicks = 0;

  constructor(protected readonly place: TurnPlace) {}

  get weight(): number {
    return this.place.weight;
  }

  /** The wake-up has arrived. */
  ready(now: number): void {
    this.place.processor.wake(this, now);
  }

  abstract begin(now: number): number;

  finish(_now: number): void {
    this.busyTicks += this.pieceTicks;
    this.pieceTicks = 0;
  }

  protected piece(ns: number): number {
    this.pieceTicks = ticksOf(ns);
    return this.pieceTicks;
  }
}
