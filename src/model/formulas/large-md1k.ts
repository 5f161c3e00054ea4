import type { FiniteQueue } from './finite-queue.js';

/**
 * M/D/1/K for capacities beyond the exact chain: the diffusion limit, in which the free and the taken places are
 * exponential with decay theta = 2 (1 - rho), blended so that rho = 1 gives the known loss 1/(2K) and rho > 1 the fluid
 * loss 1 - 1/rho. The loss is within 1/capacity of the true one, and never below the fluid limit.
 */
export function largeMd1k(rho: number, capacity: number): FiniteQueue {
  const decay = 2 * Math.abs(1 - rho);
  const reach = decay * capacity;
  const boundary = reach < 1e-9 ? 1 / (2 * capacity) : reach > 700 ? 0 : decay / 2 / Math.expm1(reach);
  const lossProbability = rho <= 1 ? Math.min(boundary, 1) : Math.min(1, 1 - 1 / rho + boundary / rho);
  // A truncated exponential on [0, K], counted from the empty end below 1 and from the full end above.
  const mean = reach < 1e-3 ? capacity / 2 : 1 / decay - capacity / Math.expm1(Math.min(reach, 700));
  const meanBelow = Math.min(mean, rho < 1 ? rho + (rho * rho) / (2 * (1 - rho)) : capacity);
  const meanInSystem = rho <= 1 ? meanBelow : capacity - Math.min(mean, capacity / 2);
  // Not rho * (1 - loss) above 1: at silly loads the loss rounds to 1.
  const throughput = rho <= 1 ? rho * (1 - lossProbability) : 1 - boundary;
  return { lossProbability, throughput, meanInSystem, meanSojourn: meanInSystem / throughput, emptyProbability: Math.max(0, 1 - throughput) };
}
