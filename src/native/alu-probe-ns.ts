import { loadNative } from './load.js';

/**
 * Nanoseconds that one iteration of a dependent ALU loop takes on the current CPU, measured over about 0.2 ms.
 * Two readings that differ by more than noise mean that the machine changed its speed in between.
 */
export function aluProbeNs(): number {
  return loadNative().aluProbeNs();
}
