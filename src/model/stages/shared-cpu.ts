/** A thread beside others on one CPU. */
export interface CpuThread {
  /** Packets per second that come for it, whether there is room or not. */
  arrivalPps: number;
  /** Those of them that other threads of this CPU make: they come only while this one waits. */
  localPps: number;
  packetNs: number;
  /** Packets that wait for it at most. */
  bufferPackets: number;
  /** What it costs to start it, once each time that it found nothing to do. */
  wakeNs: number;
  /** It never sleeps: the wire, a flooding sender, a reader that spins. */
  isEndless: boolean;
}

/** What one round over all threads of a CPU does. */
export interface CpuRound {
  /** From a thread's turn to its next. */
  roundNs: number;
  /** Per thread: its time in a round, and its packets per second. */
  runNs: number[];
  pps: number[];
}

/**
 * Coupling: threads that share a CPU run in turns. A turn ends when the thread finds nothing more to do, or with its slice; who wakes waits
 * for its turn. While all keep up, turns are as short as what came meanwhile. Beyond, they grow until a buffer overflows, and a reader gets
 * no more than its buffer holds in each round: receive livelock with a floor, because a thread is fair where a softirq is not.
 *
 * Slices are taken as exponential around their mean, like all times here [assumed]; several other threads as one with their slices in a row.
 *
 * @param sliceNs from schedulerSliceNs()
 * @param shares each thread's part of a round in the present estimate
 * Source: measured for this kit on a two-CPU guest, Linux 6.18: 580 thousand packets per second through one CPU at 0.6 million offered, 210 at 1.5 million.
 */
export function sharedCpu(threads: readonly CpuThread[], sliceNs: number, shares: readonly number[]): CpuRound {
  const othersSliceNs = (threads.length - 1) * sliceNs;
  const runOf = (index: number, roundNs: number) => turnOf(threads[index] as CpuThread, roundNs, shares[index] ?? 0, sliceNs, othersSliceNs);
  const sum = (roundNs: number) => threads.reduce((total, _, index) => total + runOf(index, roundNs).runNs, 0);
  let [low, high] = [shortestRoundNs, threads.length * sliceNs];
  for (let step = 0; step < bisections; step++) {
    const middle = Math.sqrt(low * high);
    if (sum(middle) > middle) low = middle;
    else high = middle;
  }
  const roundNs = high;
  const turns = threads.map((_, index) => runOf(index, roundNs));
  return { roundNs, runNs: turns.map((turn) => turn.runNs), pps: turns.map(({ packets }) => (packets * 1e9) / roundNs) };
}

/** Enough for a relative error of 1e-11 from any length of a round. */
const bisections = 42;
const shortestRoundNs = 1;

function turnOf(thread: CpuThread, roundNs: number, share: number, sliceNs: number, othersSliceNs: number): { runNs: number; packets: number } {
  const { packetNs, wakeNs } = thread;
  const awayNs = Math.max(1e-3, roundNs * (1 - share));
  const remotePerNs = Math.max(0, thread.arrivalPps - thread.localPps) * 1e-9;
  const perNs = (thread.localPps * 1e-9 * roundNs) / awayNs + remotePerNs;
  const roomNs = perNs > 0 ? thread.bufferPackets / perNs : Number.POSITIVE_INFINITY;
  const waiting = perNs * Math.min(awayNs, meanOfShorter(othersSliceNs, roomNs));
  if (thread.isEndless) return { runNs: sliceNs, packets: Math.min(sliceNs / packetNs, waiting + remotePerNs * sliceNs) };
  const remoteLoad = remotePerNs * packetNs;
  const neededNs = remoteLoad < 1 ? Math.max(1e-6, waiting * packetNs + wakeNs) / (1 - remoteLoad) : Number.POSITIVE_INFINITY;
  // What a slice leaves undone waits for the next turn: only what finds no room is lost.
  return neededNs <= sliceNs ? { runNs: neededNs, packets: waiting + remotePerNs * neededNs } : { runNs: sliceNs, packets: sliceNs / packetNs };
}

/** Mean of the shorter of an exponential time and a fixed one. */
function meanOfShorter(meanNs: number, fixedNs: number): number {
  return -meanNs * Math.expm1(-fixedNs / meanNs);
}
