import { readerDemands, sourceDemand, sourcePacketNs } from './set-readers.js';
import { shareTime } from './share-time.js';
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
    const floods = demands.some((demand) => demand === Number.POSITIVE_INFINITY);
    const softirqLeaves = Math.max(0, 1 - (working.softirqLoad[p] ?? 0));
    const readers = floods ? [] : readerDemands(working, p);
    const grants = shareTime([...demands, ...readers], floods ? softirqLeaves * Math.max(0, 1 - (working.readerShare[p] ?? 0)) : softirqLeaves);
    for (const [index, source] of processor.sources.entries()) {
      const pps = ((grants[index] ?? 0) * 1e9) / sourcePacketNs(working, source);
      image[source] = Math.min(1, pps / (working.freePps[source] ?? 1), brake(working, source));
    }
  }
}

/**
 * A sender whose packets wait for another CPU's softirq is held back by its own send buffer (256 small packets in
 * flight), so what it sends never exceeds what that CPU can take in and read.
 */
function brake(working: Working, source: number): number {
  const { scenario } = working;
  let rate = 1;
  for (const flow of scenario.flows) {
    if (flow.source !== source || flow.inline) continue;
    const reading = readerDemands(working, flow.processor).reduce((sum, demand) => sum + demand, 0);
    const load = (working.softirqLoad[flow.processor] ?? 0) + reading;
    if (load > 0) rate = Math.min(rate, (working.sourcePps[source] ?? 0) / (working.freePps[source] ?? 1) / load);
  }
  return rate;
}
