import { processorShares } from './processor-shares.js';
import { setRates } from './set-rates.js';
import { setReaders, sourcePacketNs } from './set-readers.js';
import type { Solution } from './solution.js';
import type { Unknowns } from './unknowns.js';
import type { Working } from './working.js';

/** Reads rates, shares of CPU time and stage loads from solved unknowns. */
export function solutionOf(working: Working, unknowns: number[], at: Unknowns, residual: number): Solution {
  const { scenario } = working;
  setRates(working, unknowns, at);
  setReaders(working);
  const flows = scenario.flows.map((_, f) => ({ offeredPps: working.offeredPps[f] ?? 0, servicedPps: working.servicedPps[f] ?? 0 }));
  const sockets = working.arrivalPps.map((offeredPps, s) => ({
    offeredPps,
    deliveredPps: offeredPps * (unknowns[at.accepted + s] ?? 1),
    stalledPps: offeredPps - offeredPps * (unknowns[at.accepted + s] ?? 1) - Math.max(0, offeredPps - (working.capacityPps[s] ?? 0)),
  }));
  const sentPps = working.sourcePps.reduce((sum, pps) => sum + pps, 0);
  return {
    sourcePps: working.sourcePps.slice(),
    flows,
    sockets,
    processors: scenario.processors.map((_, p) => processorShares(working, unknowns, at, p)),
    utilization: {
      source: Math.min(1, busiest(sourceLoads(working))),
      wire: Math.min(1, sentPps / scenario.wirePps),
      softirq: Math.min(1, busiest([...working.softirqLoad, ...working.inlineLoad])),
      reader: busiest(
        sockets.map(({ offeredPps }, s) => (offeredPps > 0 ? Math.min(1, offeredPps / Math.max(working.capacityPps[s] ?? 0, 1e-9)) : 0)),
      ),
    },
    unknowns,
    residual,
  };
}

/** Share of its own CPU that each source uses, of what readers beside it leave. */
function sourceLoads(working: Working): number[] {
  const { scenario, sourcePps } = working;
  return scenario.processors.length === 0 || scenario.sources.every(({ processor }) => processor === null)
    ? sourcePps.map((pps, source) => pps * (working.sendNs[source] ?? 0) * 1e-9)
    : scenario.processors.map(({ sources }, p) => {
        const load = sources.reduce((sum, source) => sum + (sourcePps[source] ?? 0) * sourcePacketNs(working, source) * 1e-9, 0);
        return load / Math.max(1e-9, 1 - (working.readerShare[p] ?? 0));
      });
}

function busiest(loads: number[]): number {
  return loads.reduce((most, load) => Math.max(most, load), 0);
}
