/** Slice of a thread that never sleeps: sched_min_granularity of CFS and the base slice of EEVDF, about 3 ms. Assumed. */
const sliceNs = 3e6;
const mostSteps = 60;

/** The threads of one CPU that read one socket. */
export interface ReadersInSlices {
  threads: number;
  /** Packets per second for them that are sent from this CPU, averaged over all slices. */
  localPps: number;
  /** Packets per second for them from other CPUs. */
  remotePps: number;
  bufferPackets: number;
  packetNs: number;
}

/** How threads that ask for more than one CPU share it. */
export interface SliceCycle {
  /** Packets per second that each group of readers delivers, and the share of the time that it gets. */
  readers: { deliveredPps: number; share: number }[];
  /** Senders that use whole slices, because they flood or cannot keep their schedule. */
  hungrySenders: number;
}

/**
 * Coupling: threads that ask for more than their CPU run in slices, not as a fluid. While others run, a reader's buffer fills
 * and the rest is lost; then the reader drains it and sleeps. A sender that keeps its schedule in what is left runs when it must.
 *
 * @param senderDemands share of the CPU that each sender asks for; infinite for a flood
 * Source: measured for this kit on a two-CPU guest, Linux 6.18: "per slice pair: received = arrivals while running + one buffer", right in size, not in digits.
 */
export function sliceCycle(readers: readonly ReadersInSlices[], senderDemands: readonly number[]): SliceCycle {
  const demands = [...senderDemands].sort((a, b) => b - a);
  for (let hungrySenders = demands.length; ; hungrySenders--) {
    const kept = Math.min(
      0.99,
      demands.slice(hungrySenders).reduce((sum, demand) => sum + demand, 0),
    );
    const runs = runsBeside(readers, hungrySenders * sliceNs, kept);
    const cycleNs = Math.max(1, runs.reduce((sum, { runNs }) => sum + runNs, hungrySenders * sliceNs) / (1 - kept));
    // The least hungry sender is hungry indeed if a slice in each cycle is less than it asks for.
    const least = demands[hungrySenders - 1];
    if (least === undefined || least * cycleNs > sliceNs) {
      return { readers: runs.map(({ runNs, packets }) => ({ deliveredPps: (packets * 1e9) / cycleNs, share: runNs / cycleNs })), hungrySenders };
    }
  }
}

/** What each group of readers does in a cycle: it runs until its buffer is empty or its slices are over. */
function runsBeside(readers: readonly ReadersInSlices[], hungryNs: number, kept: number): { runNs: number; packets: number }[] {
  const runs = readers.map(({ threads }) => ({ runNs: threads * sliceNs, packets: 0 }));
  for (let step = 0; step < mostSteps; step++) {
    let change = 0;
    for (const [index, { threads, localPps, remotePps, bufferPackets, packetNs }] of readers.entries()) {
      const run = runs[index] as { runNs: number; packets: number };
      const cycleNs = (runs.reduce((sum, { runNs }) => sum + runNs, hungryNs) || 1) / (1 - kept);
      const backlogPackets = Math.min(bufferPackets, (localPps * cycleNs + remotePps * (cycleNs - run.runNs)) / 1e9);
      const remoteLoad = (remotePps * packetNs) / 1e9;
      const drainNs = remoteLoad < 1 ? (backlogPackets * packetNs) / (1 - remoteLoad) : Number.POSITIVE_INFINITY;
      const runNs = Math.min(threads * sliceNs, drainNs);
      change = Math.max(change, Math.abs(runNs - run.runNs));
      runs[index] = { runNs, packets: Math.min(backlogPackets + (remotePps * runNs) / 1e9, runNs / packetNs) };
    }
    if (change < 1) break;
  }
  return runs;
}
