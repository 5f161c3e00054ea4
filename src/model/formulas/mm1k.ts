import { checkQueueArguments } from './check-queue-arguments.js';
import type { FiniteQueue } from './finite-queue.js';

/**
 * M/M/1/K: Poisson arrivals, exponential service, one server, `capacity` places including the one in service.
 *
 * @param rho arrival rate times mean service time, any finite value from 0
 * @param capacity places, from 1; exact at every size
 * @throws {RangeError} when rho is negative or capacity is not a positive integer
 * Source: Kleinrock, Queueing Systems I, 3.6; rewritten in powers of 1/rho above 1, where the textbook form overflows.
 * @example
 * mm1k(1, 10).lossProbability // => 0.09090909090909091
 * mm1k(1, 10).meanInSystem // => 5
 */
export function mm1k(rho: number, capacity: number): FiniteQueue {
  checkQueueArguments('mm1k', rho, capacity);
  if (rho === 0) return { lossProbability: 0, throughput: 0, meanInSystem: 0, meanSojourn: 1, emptyProbability: 1 };
  // Count free places instead of taken ones above 1, so that powers shrink on both sides.
  const ratio = rho <= 1 ? rho : 1 / rho;
  const empty = emptyProbability(ratio, capacity);
  const full = empty * ratio ** capacity;
  const mean = meanOfTruncatedGeometric(ratio, capacity);
  const throughput = rho <= 1 ? rho * (1 - full) : 1 - full;
  const meanInSystem = rho <= 1 ? mean : capacity - mean;
  return {
    lossProbability: rho <= 1 ? full : empty,
    throughput,
    meanInSystem,
    meanSojourn: meanInSystem / throughput,
    emptyProbability: rho <= 1 ? empty : full,
  };
}

function emptyProbability(ratio: number, capacity: number): number {
  return ratio === 1 ? 1 / (capacity + 1) : (1 - ratio) / -Math.expm1((capacity + 1) * Math.log(ratio));
}

function meanOfTruncatedGeometric(ratio: number, capacity: number): number {
  const distance = 1 - ratio;
  const places = capacity + 1;
  // Near 1 the two terms cancel: use the series about the uniform distribution.
  if (distance * places < 1e-3) return capacity / 2 - (distance * capacity * (capacity + 2)) / 12;
  const exponent = places * Math.log(ratio);
  return ratio / distance - (places * Math.exp(exponent)) / -Math.expm1(exponent);
}
