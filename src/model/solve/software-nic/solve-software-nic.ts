import { mm1k } from '../../formulas/mm1k.js';
import type { CostValues } from '../../stages/cost-values.js';
import { relax } from '../relax.js';
import type { Scenario } from '../scenario.js';
import type { Solution } from '../solution.js';
import { type NicLoad, nicLoads } from './nic-loads.js';
import { freePps, type NicRates, nicRates } from './nic-rates.js';
import { nicSolution } from './nic-solution.js';
import { type NicThread, nicThreads } from './nic-threads.js';
import { type NicUnknowns, nicUnknownsOf } from './nic-unknowns.js';

/** Turns are slow to settle near the knee, and no thread notices a packet in a hundred million. */
const finestTolerance = 1e-8;

/**
 * Solves a scenario on a software NIC, where every stage is a thread: the wire, one a queue, the readers. Threads on one CPU take turns, so
 * that none has priority and none is a fluid.
 *
 * @param start unknowns of a neighbouring case, to save iterations
 * @param tolerance largest change of an unknown, all of which lie between 0 and 1, at which to stop
 */
export function solveSoftwareNic(scenario: Scenario, costs: CostValues, start: number[] | undefined, tolerance: number): Solution {
  const threads = nicThreads(scenario);
  const at = nicUnknownsOf(scenario, threads);
  const unknowns = start?.slice() ?? Array.from({ length: at.count }, (_, index) => (index >= at.threadWakeUps && index < at.busy ? 0.5 : 1));
  const evaluate = (values: number[]) => {
    const rates = nicRates(scenario, threads, costs, values, at);
    const before = threads.map((_, t) => ({ part: values[at.part + t] ?? 0, wakeUps: values[at.threadWakeUps + t] ?? 0 }));
    return { rates, loads: nicLoads(scenario, threads, rates, before, costs) };
  };
  const residual = relax(
    unknowns,
    (values, image) => {
      const { rates, loads } = evaluate(values);
      setImage(scenario, threads, costs, rates, loads, image, at);
    },
    Math.max(tolerance, finestTolerance),
  );
  const { rates, loads } = evaluate(unknowns);
  return { ...nicSolution(scenario, threads, costs, rates, loads, unknowns, at), unknowns, residual };
}

function setImage(
  scenario: Scenario,
  threads: NicThread[],
  costs: CostValues,
  rates: NicRates,
  loads: NicLoad[],
  image: number[],
  at: NicUnknowns,
): void {
  const busy = scenario.processors.map(() => 0);
  for (const [t, thread] of threads.entries()) {
    const { pps, part, wakeUps } = loads[t] as NicLoad;
    const coming = rates.comingPps[t] ?? 0;
    image[at.part + t] = part;
    image[at.threadWakeUps + t] = wakeUps;
    const taken = coming > 0 ? Math.min(1, pps / coming) : 1;
    if (thread.job === 'wire') for (const source of thread.sources) image[source] = taken;
    if (thread.job === 'sender') image[thread.source] = Math.min(1, pps / freePps(scenario, thread.source, costs));
    if (thread.job === 'queue') image[at.ring + thread.ring] = taken;
    busy[thread.processor] = thread.job === 'wire' ? 1 : (busy[thread.processor] ?? 0) + coming * taken * (rates.packetNs[t] ?? 0) * 1e-9;
  }
  for (const [p, { siblings }] of scenario.processors.entries()) image[at.busy + p] = siblings.length ? Math.min(1, busy[p] ?? 0) : 1;
  for (const [f, { socket }] of scenario.flows.entries()) {
    const isAlone = scenario.sockets[socket]?.producers === 1;
    image[at.filling + f] = isAlone ? 1 : Math.min(1, (rates.servicedPps[f] ?? 0) * (rates.flowNs[f] ?? 0) * 1e-9);
  }
  for (const s of scenario.sockets.keys()) setSocketImage(scenario, threads, rates, loads, image, at, s);
}

function setSocketImage(
  scenario: Scenario,
  threads: NicThread[],
  rates: NicRates,
  loads: NicLoad[],
  image: number[],
  at: NicUnknowns,
  s: number,
): void {
  const arrivals = rates.arrivalPps[s] ?? 0;
  const readers = threads.flatMap((thread, t) => (thread.job === 'reader' && thread.socket === s ? [t] : []));
  const capacity = readers.reduce((sum, t) => sum + (loads[t]?.pps ?? 0), 0);
  const areAlone = readers.every((t) => loads[t]?.isAlone);
  const accepted = areAlone && arrivals > 0 ? 1 - mm1k(arrivals / capacity, scenario.bufferPackets).lossProbability : capacity / arrivals;
  image[at.accepted + s] = arrivals > 0 ? Math.min(1, accepted) : 1;
  image[at.wakeUps + s] = readers.reduce((sum, t) => sum + (loads[t]?.wakeUps ?? 0), 0) / readers.length;
  const readNs = readers.reduce((sum, t) => sum + (rates.packetNs[t] ?? 0), 0) / readers.length - scenario.workNs;
  const cpus = new Set(scenario.sockets[s]?.readers).size;
  image[at.reading + s] = cpus === 1 ? 1 : Math.min(1, (Math.min(arrivals, capacity) * Math.max(0, readNs) * 1e-9) / cpus);
}
