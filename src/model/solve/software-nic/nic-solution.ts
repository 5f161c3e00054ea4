import type { CostValues } from '../../stages/cost-values.js';
import type { Scenario } from '../scenario.js';
import type { Solution } from '../solution.js';
import type { NicLoad } from './nic-loads.js';
import type { NicRates } from './nic-rates.js';
import { type NicThread, neverSleeps } from './nic-threads.js';
import type { NicUnknowns } from './nic-unknowns.js';

/** Reads rates, shares of CPU time and stage loads from a solved scenario. All of it is system time, as the kernel accounts its threads, but the application's work. */
export function nicSolution(
  scenario: Scenario,
  threads: NicThread[],
  costs: CostValues,
  rates: NicRates,
  loads: NicLoad[],
  values: number[],
  at: NicUnknowns,
): Omit<Solution, 'unknowns' | 'residual'> {
  const processors = scenario.processors.map(() => ({ softirq: 0, system: 0, user: 0 }));
  const utilization = { source: 0, wire: 0, softirq: 0, reader: 0 };
  for (const [t, thread] of threads.entries()) {
    const { pps, isAlone, part, wakeUps } = loads[t] as NicLoad;
    const coming = rates.comingPps[t] ?? 0;
    const handled = Math.min(coming, pps) * (thread.job === 'reader' ? (values[at.accepted + thread.socket] ?? 1) : 1);
    const wakeNs = wakeNsOf(thread, isAlone);
    const share = processors[thread.processor];
    const busy = neverSleeps(thread, scenario) ? part : Math.min(part, handled * (rates.packetNs[t] ?? 0) * 1e-9 + coming * wakeUps * wakeNs * 1e-9);
    const user = thread.job === 'reader' ? Math.min(busy, handled * scenario.workNs * 1e-9) : 0;
    if (share) {
      share.user += user;
      share.system += busy - user;
    }
    const load = coming > 0 ? Math.min(1, coming / Math.max(1e-9, pps)) : 0;
    if (thread.job === 'queue') utilization.softirq = Math.max(utilization.softirq, loadOf(t, load));
    else if (thread.job === 'reader') utilization.reader = Math.max(utilization.reader, loadOf(t, load));
    else utilization.source = Math.max(utilization.source, handled < coming * (1 - 1e-6) ? 1 : loadOf(t, load));
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

  function wakeNsOf({ job }: NicThread, isAlone: boolean): number {
    if (job !== 'queue' && job !== 'reader') return 0;
    if (!isAlone) return costs.turnNs ?? 0;
    return job === 'queue' ? (costs.queueWakeNs ?? 0) : costs.wakeUpNs;
  }

  /** A thread that takes all that comes is loaded by its work, one that does not is full. */
  function loadOf(t: number, load: number): number {
    return load >= 1 ? 1 : Math.min(1, (rates.comingPps[t] ?? 0) * (rates.packetNs[t] ?? 0) * 1e-9);
  }
}
