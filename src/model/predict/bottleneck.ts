import type { Bottleneck, Losses } from '../../experiment/outcome.js';
import type { Solution } from '../solve/solution.js';

const full = 0.9999;

/**
 * The stage without which more would be delivered: the last stage on the packet's way that is full, unless every packet
 * of a paced load arrives, when nothing limits.
 *
 * @param paced every source keeps its schedule
 */
export function bottleneck(utilization: Solution['utilization'], lossesPps: Losses, offeredPps: number, paced: boolean): Bottleneck {
  const noticeable = 1e-6 * offeredPps;
  const ringPps = lossesPps.nicRing ?? 0;
  const socketPps = lossesPps.socketBuffer ?? 0;
  if (socketPps > noticeable && socketPps >= ringPps) return 'reader';
  if (ringPps > noticeable) return 'softirq';
  if (paced) return 'none';
  if (utilization.wire >= full) return 'wire';
  if (utilization.source < full) return utilization.softirq >= utilization.reader ? 'softirq' : 'reader';
  return 'source';
}
