import type { EventSet } from './event-set.js';

/** The fast event set: one time a slot and a look at all of them, which beats any heap while they are a few dozen. */
export class EventSlots implements EventSet {
  now = 0;
  private readonly times: Float64Array;

  constructor(slots: number) {
    this.times = new Float64Array(slots).fill(Number.POSITIVE_INFINITY);
  }

  set(slot: number, time: number): void {
    this.times[slot] = time;
  }

  clear(slot: number): void {
    this.times[slot] = Number.POSITIVE_INFINITY;
  }

  next(until: number): number {
    const { times } = this;
    let earliest = 0;
    let time = times[0] as number;
    for (let slot = 1; slot < times.length; slot++) {
      const candidate = times[slot] as number;
      if (candidate < time) {
        time = candidate;
        earliest = slot;
      }
    }
    if (!(time <= until)) {
      this.now = until;
      return -1;
    }
    times[earliest] = Number.POSITIVE_INFINITY;
    this.now = time;
    return earliest;
  }
}
