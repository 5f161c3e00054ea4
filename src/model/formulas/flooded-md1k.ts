import type { FiniteQueue } from './finite-queue.js';

/**
 * M/D/1/K above 100 arrivals in a service: every departure leaves one free place (but for exp(-100)), which the next
 * arrival takes after 1/rho of a service. One place alone is Erlang's loss system, exact at every load.
 */
export function floodedMd1k(rho: number, capacity: number): FiniteQueue {
  if (capacity === 1) {
    const busy = rho / (1 + rho);
    return { lossProbability: busy, throughput: busy, meanInSystem: busy, meanSojourn: 1, emptyProbability: 1 / (1 + rho) };
  }
  const meanInSystem = capacity - 1 / rho;
  return { lossProbability: 1 - 1 / rho, throughput: 1, meanInSystem, meanSojourn: meanInSystem, emptyProbability: 0 };
}
