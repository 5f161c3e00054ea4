import { lostInStalls } from '../stages/interruptions.js';
import type { Working } from './working.js';

/** Share of a socket's packets that its readers take: they may be too slow for them, or stall for longer than the buffer lasts. */
export function acceptedShare({ scenario, arrivalPps, capacityPps, readerCpus, costs }: Working, s: number): number {
  return 1 - lostInStalls(arrivalPps[s] ?? 0, capacityPps[s] ?? 0, scenario.bufferPackets, readerCpus[s]?.length ?? 1, costs);
}
