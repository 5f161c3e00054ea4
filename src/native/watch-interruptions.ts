import type { Interruptions } from './contract.js';
import { loadNative } from './load.js';
import { pinThread } from './pin-thread.js';

const longestS = 2;

/**
 * Spins on a CPU and adds up what ticks, other threads and the hypervisor took from it meanwhile. The calling thread is blocked, and free to use
 * all CPUs afterwards.
 *
 * @param seconds above 0, at most 2
 * @throws {RangeError} for another length
 */
export function watchInterruptions(cpu: number, seconds: number): Interruptions {
  if (!(seconds > 0 && seconds <= longestS))
    throw new RangeError(`watchInterruptions: seconds must be above 0 and at most ${longestS}, got ${seconds}`);
  try {
    pinThread(cpu);
    return loadNative().watchInterruptions(seconds);
  } finally {
    pinThread(null);
  }
}
