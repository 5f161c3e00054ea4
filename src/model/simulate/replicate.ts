import type { Solution } from '../solve/solution.js';
import { type Counts, deliveredBetween } from './counts.js';
import type { EventSet } from './event-set.js';
import { EventSlots } from './event-slots.js';
import type { Layout } from './layout.js';
import { Machine } from './machine.js';
import type { ReplicationRate } from './mean-interval.js';
import { solutionBetween } from './solution-between.js';
import { ticksPerSecond } from './ticks.js';

/** Before the window: a share of it, and a time in which slices, rings and buffers find their level [assumed]. */
const warmUpShare = 0.1;
const warmUpSeconds = 0.01;

/** One run of a machine from an empty start. */
export interface Replication {
  solution: Solution;
  rate: ReplicationRate;
  /** Everything from start to drain. */
  total: Counts;
}

/** Runs a layout once: warm-up, window, and on until every queue is drained. */
export function replicate(
  layout: Layout,
  seed: number,
  seconds: number,
  eventSet: (slots: number) => EventSet = (slots) => new EventSlots(slots),
): Replication {
  const machine = new Machine(layout, seed, eventSet);
  const windowTicks = Math.round(seconds * ticksPerSecond);
  const startTick = Math.round((seconds * warmUpShare + warmUpSeconds) * ticksPerSecond);
  const countsAt = (tick: number) => {
    machine.run(tick);
    return machine.counts();
  };
  const start = countsAt(startTick);
  const middle = countsAt(startTick + Math.round(windowTicks / 2));
  const end = countsAt(startTick + windowTicks);
  machine.stopSources();
  return {
    solution: solutionBetween(start, end, layout.scenario),
    rate: {
      pps: deliveredBetween(start, end, ticksPerSecond),
      firstHalfPps: deliveredBetween(start, middle, ticksPerSecond),
      secondHalfPps: deliveredBetween(middle, end, ticksPerSecond),
    },
    total: countsAt(Number.MAX_VALUE),
  };
}
