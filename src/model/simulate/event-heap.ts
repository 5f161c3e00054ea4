import type { EventSet } from './event-set.js';

interface Entry {
  time: number;
  slot: number;
  /** Number of the setting of its slot; an entry that was set again or cleared since is stale. */
  serial: number;
}

/** The obvious event set: a binary heap by (time, slot) in which old entries stay until they come up. The oracle of the tests. */
export class EventHeap implements EventSet {
  now = 0;
  private readonly heap: Entry[] = [];
  private readonly serials: number[];

  constructor(slots: number) {
    this.serials = Array.from({ length: slots }, () => 0);
  }

  set(slot: number, time: number): void {
    this.clear(slot);
    const { heap } = this;
    heap.push({ time, slot, serial: this.serials[slot] as number });
    for (let child = heap.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.swapIfLater(parent, child)) break;
      child = parent;
    }
  }

  clear(slot: number): void {
    this.serials[slot] = (this.serials[slot] as number) + 1;
  }

  next(until: number): number {
    for (let first = this.heap[0]; first && first.time <= until; first = this.heap[0]) {
      this.dropFirst();
      if (first.serial !== this.serials[first.slot]) continue;
      this.clear(first.slot);
      this.now = first.time;
      return first.slot;
    }
    this.now = until;
    return -1;
  }

  private dropFirst(): void {
    const { heap } = this;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    heap[0] = last;
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      const child = left + 1 < heap.length && later(heap[left] as Entry, heap[left + 1] as Entry) ? left + 1 : left;
      if (child >= heap.length || !this.swapIfLater(parent, child)) return;
      parent = child;
    }
  }

  private swapIfLater(parent: number, child: number): boolean {
    const [above, below] = [this.heap[parent] as Entry, this.heap[child] as Entry];
    if (!later(above, below)) return false;
    this.heap[parent] = below;
    this.heap[child] = above;
    return true;
  }
}

function later(a: Entry, b: Entry): boolean {
  return a.time > b.time || (a.time === b.time && a.slot > b.slot);
}
