import { metAtBegin } from '../stages/contention.js';
import { cpuSpeed } from '../stages/sibling.js';
import { lostInTurns } from './lost-in-turns.js';
import type { ScenarioFlow, ScenarioProcessor, ScenarioSocket } from './scenario.js';
import type { Unknowns } from './unknowns.js';
import type { Working } from './working.js';

/**
 * Packets per second that a socket's readers deliver: what arrives or what they have time for, less what is lost while a source's turn is at
 * flows that slow them or fill their buffer. Turns of one source count at a time, beside the others' means.
 */
export function deliveredInTurns(working: Working, values: number[], at: Unknowns, s: number): number {
  const arrivals = working.arrivalPps[s] ?? 0;
  let delivered = Math.min(arrivals, working.capacityPps[s] ?? 0);
  if (delivered === 0) return 0;
  const scale = shareOfReaders(working, values, at, s);
  for (const source of working.sourcesInTurns) {
    const capacityIn = (filling: number[]) => {
      const paces = filling.map((share, f) => share / Math.max(1e-12, working.filling[f] ?? 0));
      return Math.max(0, scale * freeCapacity(working, values, at, s, paces, loadsIn(working, paces)));
    };
    delivered = Math.min(delivered, arrivals * (1 - lostInTurns(working, source, s, capacityIn)));
  }
  return delivered;
}

/** What the readers get of the time that softirqs leave: all of it, unless others share their CPUs. */
function shareOfReaders(working: Working, values: number[], at: Unknowns, s: number): number {
  const { scenario, readerCpus, readSockets, capacityPps } = working;
  const isShared = (p: number) => (readSockets[p]?.length ?? 0) > 1 || (scenario.processors[p]?.sources.length ?? 0) > 0;
  if (!readerCpus[s]?.some(isShared)) return 1;
  const always = scenario.flows.map(() => 1);
  return (capacityPps[s] ?? 0) / Math.max(1e-9, freeCapacity(working, values, at, s, always, loadsIn(working, always)));
}

/** Load of each processor's softirq; where a socket is given, when it takes that share of its packets. */
function loadsIn(working: Working, paces: number[], s = -1, accepted = 0): number[] {
  const { scenario, filling } = working;
  const loads = scenario.processors.map(() => 0);
  for (const [f, { processor, inline, socket }] of scenario.flows.entries()) {
    if (inline) continue;
    const share = socket === s ? (filling[f] ?? 0) * costRatio(working, f, accepted) : (filling[f] ?? 0);
    loads[processor] = (loads[processor] ?? 0) + share * (paces[f] ?? 1);
  }
  return loads;
}

/** What a flow's packet costs its softirq when all are accepted or none, relative to its mean. */
function costRatio({ acceptedNs, droppedNs, softirqNs }: Working, f: number, accepted: number): number {
  const ns = accepted * (acceptedNs[f] ?? 0) + (1 - accepted) * (droppedNs[f] ?? 0);
  return ns / (softirqNs[f] || ns);
}

/** What the readers of a socket could deliver alone on their CPUs: by the time that softirqs leave, siblings, and who fills the socket. */
function freeCapacity(working: Working, values: number[], at: Unknowns, s: number, paces: number[], loads: number[]): number {
  const { scenario, costs, filling, servicedPps, softirqNs } = working;
  const { producers, readers } = scenario.sockets[s] as ScenarioSocket;
  const addedNs = costs.readerContentionNs * (1 - 1 / producers);
  let [fillers, pps, lines, meanLineNs] = [0, 0, 0, 0];
  for (const [f, { socket }] of scenario.flows.entries()) {
    if (socket !== s) continue;
    const distance = working.distance[f] ?? { near: 0, far: 0 };
    const [flowPps, pace, lineNs] = [servicedPps[f] ?? 0, paces[f] ?? 1, working.lineNs[f] ?? 0];
    const share = Math.min(1, (filling[f] ?? 0) * pace);
    const freeNs = (working.readNs[s] ?? 0) - addedNs * share;
    fillers += (distance.near + distance.far) * metAtBegin(share, freeNs, freeNs + addedNs, softirqNs[f] ?? 0);
    pps += flowPps * pace;
    lines += flowPps * pace * lineNs;
    meanLineNs += (flowPps * lineNs) / (working.arrivalPps[s] ?? 1);
  }
  const lineNs = pps > 0 ? lines / pps : meanLineNs;
  const readNs = (working.aloneReadNs[s] ?? 0) + lineNs - meanLineNs + addedNs * fillers;
  let time = 0;
  for (const p of new Set(readers)) {
    const left = scenario.receivePath === 'physical-nic' ? 1 - (loads[p] ?? 0) : 1;
    time += left * speedIn(working, values, at, p, paces);
  }
  return (time * 1e9) / readNs;
}

function speedIn(working: Working, values: number[], at: Unknowns, p: number, paces: number[]): number {
  const { scenario, costs, filling } = working;
  let most = 0;
  for (const sibling of (scenario.processors[p] as ScenarioProcessor).siblings) {
    let busy = values[at.busy + sibling] ?? 0;
    for (const [f, flow] of scenario.flows.entries()) {
      if ((flow as ScenarioFlow).processor === sibling) busy += (filling[f] ?? 0) * ((paces[f] ?? 1) - 1);
    }
    most = Math.max(most, busy);
  }
  return cpuSpeed(Math.min(1, Math.max(0, most)), costs);
}
