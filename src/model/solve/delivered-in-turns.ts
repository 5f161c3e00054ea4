import { type BurstPhase, deliveredInBursts } from '../stages/burst-loss.js';
import { metAtBegin } from '../stages/contention.js';
import { cpuSpeed } from '../stages/sibling.js';
import { paceIn, turnOf } from '../stages/turns.js';
import type { ScenarioFlow, ScenarioProcessor, ScenarioSocket, ScenarioSource } from './scenario.js';
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
    const phases = phasesOf(working, source).map(({ share, paces }): BurstPhase => {
      const loads = loadsIn(working, paces);
      const arrivalPps = arrivalsIn(working, s, paces, loads);
      const capacityPps = scale * freeCapacity(working, values, at, s, paces, loadsIn(working, paces, s, 1));
      const droppingPps = Math.max(0, scale * freeCapacity(working, values, at, s, paces, loadsIn(working, paces, s, 0)));
      // Of what comes to a full buffer so many packets get in that dropping the others leaves just the time to read them.
      const fullCapacityPps = (arrivalPps * droppingPps) / Math.max(1e-9, arrivalPps + droppingPps - capacityPps);
      return { share, arrivalPps, capacityPps: Math.max(0, capacityPps), fullCapacityPps };
    });
    const meanPps = phases.reduce((sum, { share, arrivalPps }) => sum + share * arrivalPps, 0);
    for (const phase of phases) phase.arrivalPps *= arrivals / Math.max(1e-9, meanPps);
    const { batchPackets, turns } = working.scenario.sources[source] as ScenarioSource;
    const cycleSeconds = (batchPackets * turns) / Math.max(working.sourcePps[source] ?? 0, 1e-9);
    delivered = Math.min(delivered, deliveredInBursts(phases, cycleSeconds, working.scenario.bufferPackets));
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

/** A part of a source's cycle, and how fast each flow's packets come in it, relative to their mean. */
interface Phase {
  share: number;
  paces: number[];
}

/** The parts of a source's cycle between any two beginnings or ends of its flows' turns. A CPU that others use too is longer at a batch. */
function phasesOf(working: Working, source: number): Phase[] {
  const { scenario, filling } = working;
  const { batchPackets } = scenario.sources[source] as ScenarioSource;
  const loads = loadsIn(
    working,
    scenario.flows.map((flow) => (flow.source === source ? 0 : 1)),
  );
  const turns = scenario.flows.map(({ source: from, turnStart, share, processor }, f) => {
    const busy = Math.min(1, (filling[f] ?? 0) / Math.max(1e-9, 1 - (loads[processor] ?? 0)));
    return from === source ? turnOf(turnStart, share, busy, batchPackets) : null;
  });
  const edges = turns.flatMap((turn) => (turn ? [turn.start, (turn.start + turn.length) % 1] : [])).sort((a, b) => a - b);
  return edges.flatMap((start, index) => {
    const share = (edges[index + 1] ?? 1 + (edges[0] ?? 0)) - start;
    return share > 1e-9 ? [{ share, paces: turns.map((turn) => (turn ? paceIn(start, share, turn) : 1)) }] : [];
  });
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

/** What a softirq has no time for waits in its ring. */
function arrivalsIn({ scenario, servicedPps }: Working, s: number, paces: number[], loads: number[]): number {
  let pps = 0;
  for (const [f, { socket, processor }] of scenario.flows.entries()) {
    if (socket === s) pps += ((servicedPps[f] ?? 0) * (paces[f] ?? 1)) / Math.max(1, loads[processor] ?? 0);
  }
  return pps;
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
