import { mm1k } from '../../formulas/mm1k.js';
import type { CostValues } from '../../stages/cost-values.js';
import type { Scenario } from '../scenario.js';
import type { NicLoad } from './nic-load.js';
import { freePps, type NicRates } from './nic-rates.js';
import type { NicTaken } from './nic-taken.js';
import type { NicThread } from './nic-threads.js';

/** What gets through threads that share no CPU, by their loads. */
export function aloneTaken(scenario: Scenario, threads: NicThread[], costs: CostValues, rates: NicRates, loads: NicLoad[]): NicTaken {
  const taken: NicTaken = { sources: [], rings: [], sockets: [] };
  for (const [t, thread] of threads.entries()) {
    const { pps } = loads[t] as NicLoad;
    const coming = rates.comingPps[t] ?? 0;
    const share = coming > 0 ? Math.min(1, pps / coming) : 1;
    if (thread.job === 'wire') for (const source of thread.sources) taken.sources[source] = share;
    if (thread.job === 'sender') taken.sources[thread.source] = Math.min(1, pps / freePps(scenario, thread.source, costs));
    if (thread.job === 'queue') taken.rings[thread.ring] = share;
  }
  for (const s of scenario.sockets.keys()) {
    const arrivals = rates.arrivalPps[s] ?? 0;
    const capacity = threads.reduce((sum, thread, t) => sum + (thread.job === 'reader' && thread.socket === s ? (loads[t]?.pps ?? 0) : 0), 0);
    taken.sockets[s] = arrivals > 0 ? 1 - mm1k(arrivals / capacity, scenario.bufferPackets).lossProbability : 1;
  }
  return taken;
}
