import type { Scenario } from '../scenario.js';
import type { Solution } from '../solution.js';
import type { NicLoad } from './nic-load.js';
import type { NicRates } from './nic-rates.js';
import type { NicThread } from './nic-threads.js';
import type { NicUnknowns } from './nic-unknowns.js';

/** Reads rates, shares of CPU time and stage loads from a solved scenario. All of it is system time, as the kernel accounts its threads, but the application's work. */
export function nicSolution(
  scenario: Scenario,
  threads: NicThread[],
  rates: NicRates,
  loads: NicLoad[],
  values: number[],
  at: NicUnknowns,
): Omit<Solution, 'unknowns' | 'residual'> {
  const processors = scenario.processors.map(() => ({ softirq: 0, system: 0, user: 0 }));
  const utilization = { source: 0, wire: 0, softirq: 0, reader: 0 };
  for (const [t, thread] of threads.entries()) {
    const { pps, busy } = loads[t] as NicLoad;
    const coming = rates.comingPps[t] ?? 0;
    const taken = takenBy(thread);
    const share = processors[thread.processor];
    const user = thread.job === 'reader' ? Math.min(busy, Math.min(coming * taken, pps) * scenario.workNs * 1e-9) : 0;
    if (share) {
      share.user += user;
      share.system += busy - user;
    }
    // A thread that takes all that comes is loaded by its work, one that does not is full.
    const load = taken < 1 - 1e-6 ? 1 : busy;
    if (thread.job === 'queue') utilization.softirq = Math.max(utilization.softirq, load);
    else if (thread.job === 'reader') utilization.reader = Math.max(utilization.reader, load);
    else utilization.source = Math.max(utilization.source, taken < 1 - 1e-6 ? 1 : Math.min(1, coming * (rates.packetNs[t] ?? 0) * 1e-9));
  }
  if (scenario.sources.some(({ wire }) => wire === 'flood')) utilization.source = 1;
  return {
    sourcePps: rates.sourcePps,
    flows: scenario.flows.map((_, f) => ({ offeredPps: rates.offeredPps[f] ?? 0, servicedPps: rates.servicedPps[f] ?? 0 })),
    sockets: rates.arrivalPps.map((offeredPps, s) => ({ offeredPps, deliveredPps: offeredPps * (values[at.accepted + s] ?? 1) })),
    processors: processors.map(({ softirq, system, user }) => {
      const over = Math.max(1, system + user);
      return { softirq, system: system / over, user: user / over };
    }),
    utilization,
  };

  function takenBy(thread: NicThread): number {
    if (thread.job === 'queue') return values[at.ring + thread.ring] ?? 1;
    if (thread.job === 'reader') return values[at.accepted + thread.socket] ?? 1;
    return Math.min(...(thread.job === 'wire' ? thread.sources : [thread.source]).map((source) => values[source] ?? 1));
  }
}
