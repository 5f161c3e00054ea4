import { shareTime } from '../stages/share-time.js';
import { readingDemand, sourceDemand, sourcePacketNs } from './set-readers.js';
import type { Working } from './working.js';

/** Next estimate of each source's rate, relative to its core alone: by the wire, or by the CPU time that is left for it. */
export function sourceImage(working: Working, image: number[]): void {
  const { scenario } = working;
  if (scenario.receivePath === 'physical-nic') {
    const total = working.freePps.reduce((sum, pps) => sum + pps, 0);
    // The wire slows every sender alike: its TX ring pushes back.
    image.fill(Math.min(1, scenario.wirePps / total), 0, scenario.sources.length);
    return;
  }
  for (const [p, processor] of scenario.processors.entries()) {
    if (processor.sources.length === 0) continue;
    const demands = processor.sources.map((source) => sourceDemand(working, source));
    const softirqLeaves = Math.max(0, 1 - (working.softirqLoad[p] ?? 0));
    const readersTake = (working.hungrySenders[p] ?? 0) > 0 ? (working.readerShare[p] ?? 0) : 0;
    const grants = shareTime(demands, Math.max(0, softirqLeaves - readersTake));
    for (const [index, source] of processor.sources.entries()) {
      const pps = ((grants[index] ?? 0) * 1e9) / sourcePacketNs(working, source);
      image[source] = Math.min(1, pps / (working.freePps[source] ?? 1), brake(working, source));
    }
  }
}

/**
 * A sender whose packets wait for another CPU's softirq is held back by its own send buffer (256 small packets in
 * flight), so what it sends never exceeds what that CPU can take in and read. Its readers get turns as long as the
 * softirq's, but no longer: what they cannot read then, the socket loses.
 */
function brake(working: Working, source: number): number {
  const { scenario } = working;
  let rate = 1;
  for (const flow of scenario.flows) {
    if (flow.source !== source || flow.inline) continue;
    const softirq = working.softirqLoad[flow.processor] ?? 0;
    const load = softirq + Math.min(softirq, readingDemand(working, flow.processor));
    if (load > 0) rate = Math.min(rate, (working.sourcePps[source] ?? 0) / (working.freePps[source] ?? 1) / load);
  }
  return rate;
}
