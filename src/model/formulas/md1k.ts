import { checkQueueArguments } from './check-queue-arguments.js';
import type { FiniteQueue } from './finite-queue.js';
import { floodedMd1k } from './flooded-md1k.js';
import { largeMd1k } from './large-md1k.js';
import { poissonProbabilities } from './poisson-probabilities.js';

/** Above this the chain costs more time than its digits are worth. */
const exactCapacity = 2048;

/**
 * M/D/1/K: Poisson arrivals, constant service time, one server, `capacity` places including the one in service.
 *
 * Exact to 2048 places by the chain embedded at departures (above rho = 100 in its limit, wrong by exp(-100)); beyond
 * an asymptotic form whose loss lies within 1/capacity of the true one.
 *
 * @param rho arrival rate times service time, any finite value from 0
 * @param capacity places, from 1
 * @throws {RangeError} when rho is negative or capacity is not a positive integer
 * Source: Gross and Harris, Fundamentals of Queueing Theory, 5.1.8, with the tail recurrence (all terms positive).
 * @example
 * md1k(0.5, 5).lossProbability.toFixed(8) // => '0.00217596'
 * md1k(1.2, 10).meanInSystem.toFixed(8) // => '7.59163498'
 */
export function md1k(rho: number, capacity: number): FiniteQueue {
  checkQueueArguments('md1k', rho, capacity);
  if (rho === 0) return { lossProbability: 0, throughput: 0, meanInSystem: 0, meanSojourn: 1, emptyProbability: 1 };
  if (rho > 100) return floodedMd1k(rho, capacity);
  if (capacity > exactCapacity) return largeMd1k(rho, capacity);
  const more = poissonTails(rho, capacity);
  const idle = Math.exp(-rho);
  const left: number[] = [1];
  for (let j = 0; j + 1 < capacity; j++) {
    let sum = (left[0] ?? 0) * (more[j] ?? 0);
    for (let k = 1; k <= j; k++) sum += (left[k] ?? 0) * (more[j + 1 - k] ?? 0);
    let next = sum / idle;
    if (next > 1e200) {
      for (let k = 0; k <= j; k++) left[k] = (left[k] ?? 0) / 1e200;
      next /= 1e200;
    }
    left.push(next);
  }
  const total = left.reduce((sum, weight) => sum + weight, 0);
  const departureSeesEmpty = (left[0] ?? 0) / total;
  const norm = departureSeesEmpty + rho;
  const meanLeft = left.reduce((sum, weight, j) => sum + j * (weight / total), 0);
  // Count the lost of one service rather than 1 - 1/norm, which cancels where losses are rare.
  const surplus = surplusOver(more);
  const lost = left.reduce((sum, weight, j) => sum + (weight / total) * (surplus[capacity - Math.max(j, 1)] ?? 0), 0);
  const lossProbability = lost / norm;
  const throughput = rho / norm;
  const meanInSystem = meanLeft / norm + capacity * lossProbability;
  return { lossProbability, throughput, meanInSystem, meanSojourn: meanInSystem / throughput, emptyProbability: departureSeesEmpty / norm };
}

/** P(more than j arrivals during one service), summed from the far end so that small tails keep their digits. */
function poissonTails(rho: number, capacity: number): number[] {
  const tails = poissonProbabilities(rho, Math.ceil(capacity + rho + 12 * Math.sqrt(rho) + 40));
  for (let n = tails.length - 2; n >= 0; n--) tails[n] = (tails[n] ?? 0) + (tails[n + 1] ?? 0);
  return tails.slice(1);
}

/** Mean number of arrivals beyond m during one service: the sum of the tails from m on. */
function surplusOver(more: number[]): number[] {
  const surplus = more.slice();
  for (let m = surplus.length - 2; m >= 0; m--) surplus[m] = (surplus[m] ?? 0) + (surplus[m + 1] ?? 0);
  return surplus;
}
