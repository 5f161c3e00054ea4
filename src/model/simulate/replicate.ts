import type { Solution } from '../solve/solution.js';
import { type Counts, deliveredBetween } from './counts.js';
import type { EventSet } from './event-set.js';
import { EventSlots } from './event-slots.js';
import type { Layout } from './layout.js';
import { Machine } from './machine.js';
import type { ReplicationRate } from './mean-interval.js';
import { RandomStream } from './random-stream.js';
import { solutionBetween } from './solution-between.js';
import { streamSeed } from './stream-seed.js';
import { ticksPerSecond } from './ticks.js';

/**
 * Before the window: a share of it, and a time in which slices, rings and buffers find their level [assumed]. Up to as long again it waits,
 * by chance: else all replications would cut their rounds of slices and batches at the same places, and none would show by how much.
 */
const warmUpShare = 0.1;
const warmUpSeconds = 0.01;

/** Name of the stream that says when the window begins, apart from those of machines. */
const beginning = 0x77696e64;

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
  const waits = new RandomStream(streamSeed(seed, beginning)).uniform();
  const startTick = Math.round((seconds * warmUpShare + warmUpSeconds * (1 + waits)) * ticksPerSecond);
  const countsAt = (tick: number) => {
    machine.run(tick);
    return machine.counts();
  };
  const start = countsAt(startTick);
  const middle = countsAt(startTick + Math.round(windowTicks / 2));
  const end = countsAt(startTick + windowTicks);
  machine.stopSources();
  return {
    solution: solutionBetween(start, end, layout),
    rate: {
      pps: deliveredBetween(start, end, ticksPerSecond),
      firstHalfPps: deliveredBetween(start, middle, ticksPerSecond),
      secondHalfPps: deliveredBetween(middle, end, ticksPerSecond),
    },
    total: countsAt(Number.MAX_VALUE),
  };
}
