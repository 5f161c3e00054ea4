/**
 * When each server of a simulation acts next. Every server has one slot and at most one next time; of equal times the
 * lower slot comes first.
 */
export interface EventSet {
  /** Time of the event that next() returned last. */
  now: number;
  /** Sets or moves the next time of a slot. */
  set(slot: number, time: number): void;
  /** Takes a slot's next time away. */
  clear(slot: number): void;
  /** Takes the earliest slot out and moves `now` to it; -1 when nothing happens until then, and `now` is that time. */
  next(until: number): number;
}
