import type { InfiniteQueue } from './infinite-queue.js';

/** Completes an infinite queue by Little's law from the load in service times, the share that waits, and the mean wait. */
export function infiniteQueueOf(load: number, waitProbability: number, meanWait: number): InfiniteQueue {
  const meanSojourn = meanWait + 1;
  return { waitProbability, meanWait, meanSojourn, meanInSystem: load === 0 ? 0 : load * meanSojourn };
}
