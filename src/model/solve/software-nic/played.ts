import { schedulerTickNs } from '../../stages/scheduler-tick.js';
import type { Scenario } from '../scenario.js';
import type { NicTaken } from './nic-taken.js';
import type { TurnCounts } from './nic-turns.js';

/** What the turns have shown: what got through, and each thread's rates and share of its CPU. */
export interface Played extends NicTaken {
  threads: { pps: number; busy: number; wakeUpsPps: number }[];
  /** Nothing was lost, and every queue was empty at some time since somebody last looked. */
  isQuiet: boolean;
}

type Level = TurnCounts['rings'][number];

/** @param middle counts about half way, by which a queue that only grows is told: what it gains will be lost, once it is full */
export function playedBetween(begin: TurnCounts, middle: TurnCounts, end: TurnCounts, { sources }: Scenario): Played {
  const ns = end.ns - begin.ns;
  const taken = (queues: 'rings' | 'sockets') => end[queues].map((to, index) => takenBy(begin[queues][index], middle[queues][index], to));
  return {
    sources: sources.map(({ offeredPps }, source) => (offeredPps === null ? 1 : sentBy(source, offeredPps))),
    rings: taken('rings'),
    sockets: taken('sockets'),
    threads: end.threads.map(({ handled, wakeUps, busyNs }, t) => ({
      pps: ((handled - (begin.threads[t]?.handled ?? 0)) * 1e9) / ns,
      busy: (busyNs - (begin.threads[t]?.busyNs ?? 0)) / ns,
      wakeUpsPps: ((wakeUps - (begin.threads[t]?.wakeUps ?? 0)) * 1e9) / ns,
    })),
    isQuiet: [...end.rings, ...end.sockets].every(({ lost, least }) => lost === 0 && least === 0) && sources.every((_, source) => isOnTime(source)),
  };

  /** A source may owe what comes in two ticks of the clock. */
  function isOnTime(source: number): boolean {
    const offeredPps = sources[source]?.offeredPps ?? 0;
    const skipped = (end.skipped[source] ?? 0) - (begin.skipped[source] ?? 0);
    return skipped === 0 && (end.owed[source] ?? 0) < 2 + (2 * schedulerTickNs * offeredPps) / 1e9;
  }

  function sentBy(source: number, offeredPps: number): number {
    return isOnTime(source) ? 1 : Math.min(1, (((end.sent[source] ?? 0) - (begin.sent[source] ?? 0)) * 1e9) / (ns * offeredPps));
  }

  function takenBy(from: Level | undefined, between: Level | undefined, { arrived, lost, least }: Level): number {
    const came = arrived - (from?.arrived ?? 0);
    const away = lost - (from?.lost ?? 0);
    if (came <= 0) return 1;
    const halfNs = end.ns - middle.ns;
    const grown = away === 0 && middle.ns > begin.ns ? Math.max(0, least - (between?.least ?? 0)) * (ns / halfNs) : 0;
    return Math.max(0, 1 - (away + grown) / came);
  }
}
