import type { CostValues } from '../stages/cost-values.js';
import { pollPackets } from '../stages/softirq.js';
import { packetGap, stepEvenness, wakeUpsPerPacket } from '../stages/wake-up.js';
import { acceptedShare } from './accepted-share.js';
import { deliveredInTurns } from './delivered-in-turns.js';
import { processorShares } from './processor-shares.js';
import { relax } from './relax.js';
import type { Scenario, ScenarioFlow } from './scenario.js';
import { setRates } from './set-rates.js';
import { readingDemand, setReaders } from './set-readers.js';
import { softirqShare, softirqTurns } from './softirq-share.js';
import { solveSoftwareNic } from './software-nic/solve-software-nic.js';
import type { Solution } from './solution.js';
import { solutionOf } from './solution-of.js';
import { sourceImage } from './source-image.js';
import { type Unknowns, unknownsOf } from './unknowns.js';
import { type Working, workingOf } from './working.js';

/**
 * Solves a scenario: rates at every stage that agree with the costs that those rates cause.
 *
 * @param start unknowns of a neighbouring case, to save iterations
 * @param tolerance largest change of an unknown, all of which lie between 0 and 1, at which to stop
 */
export function solve(scenario: Scenario, costs: CostValues, start?: number[], tolerance = 1e-10): Solution {
  if (scenario.nic) return solveSoftwareNic(scenario, costs, start, tolerance);
  const at = unknownsOf(scenario);
  const working = workingOf(scenario, costs);
  // Everything flows and half of the packets wake somebody: a start from which no stage hides another.
  const unknowns = start?.slice() ?? Array.from({ length: at.count }, (_, index) => (index >= at.wakeUps && index < at.busy ? 0.5 : 1));
  const map = (values: number[], image: number[]) => {
    setRates(working, values, at);
    setReaders(working);
    sourceImage(working, image);
    setRingImage(working, image, at);
    setSocketImage(working, values, image, at);
    setBusyImage(working, values, image, at);
    setContentionImage(working, image, at);
  };
  let residual = relax(unknowns, map, tolerance);
  // Hardly any case loses packets to turns, and to see whether one does costs as much as all the rest of the map.
  if (losesInTurns(working, unknowns, at)) {
    working.countsTurns = true;
    residual = relax(unknowns, map, tolerance);
  }
  return solutionOf(working, unknowns, at, residual);
}

function losesInTurns(working: Working, unknowns: number[], at: Unknowns): boolean {
  return working.scenario.sockets.some((_, s) => deliveredInTurns(working, unknowns, at, s) < (1 - 1e-6) * steadyPps(working, s));
}

/** What the readers of a socket deliver when packets come to it evenly. */
function steadyPps({ arrivalPps, capacityPps }: Working, s: number): number {
  return Math.min(arrivalPps[s] ?? 0, capacityPps[s] ?? 0);
}

/** A ring loses what its softirq has no time for. Where the sender waits for the softirq there is no ring to overflow. */
function setRingImage(working: Working, image: number[], at: Unknowns): void {
  const { scenario, softirqLoad } = working;
  for (let p = 0; p < scenario.processors.length; p++) {
    const load = softirqLoad[p] ?? 0;
    image[at.ring + p] = scenario.receivePath === 'physical-nic' && load > 0 ? Math.min(1, softirqShare(working, p) / load) : 1;
  }
}

function setSocketImage(working: Working, values: number[], image: number[], at: Unknowns): void {
  const { scenario, costs } = working;
  setGaps(working);
  for (let s = 0; s < scenario.sockets.length; s++) {
    const arrivals = working.arrivalPps[s] ?? 0;
    const inTurns = working.countsTurns && arrivals > 0 ? deliveredInTurns(working, values, at, s) / arrivals : 1;
    const turns = softirqTurns(working, (p) => values[at.ring + p] ?? 1, s);
    const held = turns ? 1 - turns.share * Math.max(0, 1 - scenario.bufferPackets / turns.packets) : 1;
    working.held[s] = held;
    const accepted = Math.min(acceptedShare(working, s), inTurns, held);
    const delivered = arrivals * accepted;
    image[at.accepted + s] = accepted;
    const perPacket = (working.readNs[s] ?? 0) + costs.wakeUpNs * (values[at.wakeUps + s] ?? 0);
    const time = working.readerTime[s] ?? 0;
    const busy = time > 0 ? Math.min(1, (delivered * perPacket * 1e-9) / time) : 1;
    // Readers that get no time do not sleep either: the number that counts is (sum of times)² / (sum of squares).
    const readers = time > 0 ? time ** 2 / (working.readerTimeSquares[s] ?? 1) : 1;
    const perPacketWakeUps = Math.max(wakeUpsPerPacket(busy, readers, arrivals, gapAt(working, s), costs), napsPerPacket(working, s));
    const inTurn = turns ? Math.min(1, (scenario.sockets[s]?.readers.length ?? 1) / turns.packets) : 0;
    image[at.wakeUps + s] = perPacketWakeUps + (turns?.share ?? 0) * (Math.min(inTurn, perPacketWakeUps) - perPacketWakeUps);
  }
}

/** Readers beside a busy RPS softirq that empty their socket in each turn sleep after each poll, all of them. */
function napsPerPacket(working: Working, s: number): number {
  const { scenario, softirqLoad } = working;
  if (scenario.receivePath !== 'veth-rps') return 0;
  const naps = (working.readerCpus[s] ?? []).every((p) => (softirqLoad[p] ?? 0) > readingDemand(working, p));
  return naps ? (scenario.sockets[s]?.readers.length ?? 1) / pollPackets : 0;
}

/** Time to the next packet of each processor, in its mean times between packets. */
function setGaps({ scenario, sendNs, softirqLoad, inlineLoad, waking, gaps, sourcePps, speeds }: Working): void {
  for (let p = 0; p < scenario.processors.length; p++) {
    let sending = 0;
    for (const source of scenario.processors[p]?.sources ?? [])
      sending += ((sourcePps[source] ?? 0) * (sendNs[source] ?? 0) * 1e-9) / (speeds[p] ?? 1);
    const inline = inlineLoad[p] ?? 0;
    const busy = Math.min(1, Math.min(1, softirqLoad[p] ?? 0) + inline + sending);
    gaps[p] = packetGap(busy, waking[p] ?? 0, stepEvenness(sending, Math.max(0, inline - (waking[p] ?? 0))));
  }
}

/** The same at a socket, where whoever comes first ends it. */
function gapAt({ scenario, arrivalPps, servicedPps, gaps }: Working, s: number): number {
  let pps = 0;
  for (let f = 0; f < scenario.flows.length; f++) {
    const flow = scenario.flows[f] as ScenarioFlow;
    if (flow.socket === s) pps += (servicedPps[f] ?? 0) / (gaps[flow.processor] ?? 1);
  }
  return pps > 0 ? (arrivalPps[s] ?? 0) / pps : 1;
}

function setBusyImage(working: Working, values: number[], image: number[], at: Unknowns): void {
  for (let p = 0; p < working.scenario.processors.length; p++) {
    // Only a hyper-thread beside another one is ever asked how busy it is.
    if (working.scenario.processors[p]?.siblings.length === 0) {
      image[at.busy + p] = 1;
      continue;
    }
    const { softirq, system, user } = processorShares(working, values, at, p);
    image[at.busy + p] = softirq + system + user;
  }
}

/** Only where several CPUs fill a socket, or several read it, does anybody ask how long they do. */
function setContentionImage(
  { scenario, filling, readerCpus, readerSpeeds, arrivalPps, capacityPps, readNs }: Working,
  image: number[],
  at: Unknowns,
): void {
  for (let f = 0; f < scenario.flows.length; f++) {
    const isAlone = scenario.sockets[scenario.flows[f]?.socket ?? 0]?.producers === 1;
    image[at.filling + f] = isAlone ? 1 : Math.min(1, filling[f] ?? 0);
  }
  for (let s = 0; s < scenario.sockets.length; s++) {
    const cpus = readerCpus[s] ?? [];
    const taken = Math.min(arrivalPps[s] ?? 0, capacityPps[s] ?? 0) * ((readNs[s] ?? 0) - scenario.workNs) * 1e-9;
    const speed = cpus.reduce((sum, cpu) => sum + (readerSpeeds[cpu] ?? 1), 0);
    image[at.reading + s] = cpus.length === 1 ? 1 : Math.min(1, taken / speed);
  }
}
