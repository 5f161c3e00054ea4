import { Check } from './check.js';
import { loadNative } from './load.js';

/**
 * Binds the calling thread to a CPU; null frees it to use all that the process may use.
 *
 * @throws TypeError or RangeError for a number that is none of a CPU; Error with code `EINVAL` for a CPU that this host lacks
 */
export function pinThread(cpu: number | null): void {
  new Check('pinThread').cpu('cpu', cpu);
  loadNative().pinThread(cpu);
}
