import type { CostValues } from '../stages/cost-values.js';
import { shareTime } from '../stages/share-time.js';
import { allAwake, packetGap, stepEvenness, wakeUpsPerPacket } from '../stages/wake-up.js';
import { acceptedShare } from './accepted-share.js';
import { deliveredInTurns } from './delivered-in-turns.js';
import { processorShares } from './processor-shares.js';
import { relax } from './relax.js';
import type { Scenario, ScenarioFlow, ScenarioSocket } from './scenario.js';
import { setRates } from './set-rates.js';
import { napsPerPacket, setReaders } from './set-readers.js';
import { softirqShare, softirqTurns } from './softirq-share.js';
import { solveSoftwareNic } from './software-nic/solve-software-nic.js';
import type { Solution } from './solution.js';
import { solutionOf } from './solution-of.js';
import { sourceImage } from './source-image.js';
import { type Unknowns, unknownsOf } from './unknowns.js';
import { type Working, workingOf } from './working.js';

const mostTurnRounds = 4;
const turnTolerance = 1e-4;

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
  // A cycle of turns is far dearer than the map, and hardly any case loses packets in one, so it is seen again only where everything else agrees.
  for (let round = 0; round < mostTurnRounds && losesInTurns(working, unknowns, at); round++) {
    residual = relax(unknowns, map, Math.max(tolerance, turnTolerance / 1000));
  }
  return solutionOf(working, unknowns, at, residual);
}

/** Sets what each socket accepts of packets that come in turns. @returns whether that is news */
function losesInTurns(working: Working, unknowns: number[], at: Unknowns): boolean {
  const { sourcesInTurns, scenario, arrivalPps, acceptedInTurns } = working;
  if (sourcesInTurns.length === 0) return false;
  let change = 0;
  for (let s = 0; s < scenario.sockets.length; s++) {
    const accepted = (arrivalPps[s] ?? 0) > 0 ? deliveredInTurns(working, unknowns, at, s) / (arrivalPps[s] ?? 1) : 1;
    change = Math.max(change, Math.min(acceptedShare(working, s), acceptedInTurns[s] ?? 1) - accepted, accepted - (acceptedInTurns[s] ?? 1));
    acceptedInTurns[s] = accepted;
  }
  return change > turnTolerance;
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
    const turns = softirqTurns(working, (p) => values[at.ring + p] ?? 1, s);
    const held = turns ? 1 - turns.share * Math.max(0, 1 - scenario.bufferPackets / turns.packets) : 1;
    working.held[s] = held;
    const accepted = Math.min(acceptedShare(working, s), working.acceptedInTurns[s] ?? 1, held);
    const delivered = arrivals * accepted;
    image[at.accepted + s] = accepted;
    const perPacket = (working.readNs[s] ?? 0) + costs.wakeUpNs * (values[at.wakeUps + s] ?? 0);
    const time = working.readerTime[s] ?? 0;
    const busy = time > 0 ? Math.min(1, (delivered * perPacket * 1e-9) / time) : 1;
    const { wakeLatencyNs } = costs;
    const met = { wakeLatencyNs, wakeUpNs: costs.wakeUpNs * slownessAt(working, s) };
    const found = wakeUpsPerPacket(awakeAt(working, s, busy), arrivals, gapAt(working, s), met);
    const late = (working.readerCpus[s] ?? []).reduce((sum, p) => sum + napsPerPacket(working, s, p), 0);
    // Readers that nap only are not among those that sleep whenever the socket is empty.
    const promptShare = scenario.receivePath === 'veth-rps' ? promptReaders(working, s) / (scenario.sockets[s]?.readers.length ?? 1) : 0;
    const wakeUps = promptShare > 0 ? Math.min(1, found + late) : Math.max(found, late);
    const inTurn = turns ? Math.min(1, (scenario.sockets[s]?.readers.length ?? 1) / turns.packets) : 0;
    image[at.wakeUps + s] = wakeUps + (turns?.share ?? 0) * (Math.min(inTurn, wakeUps) - wakeUps);
  }
}

/** Share of time in which no reader of a socket sleeps. Those on a CPU that leaves them no time do not sleep either, so each CPU counts by what it gives. */
function awakeAt({ scenario, readerCpus, threadsOn, firstReader, capacityPps, capacityOnPps }: Working, s: number, busy: number): number {
  const cpus = readerCpus[s] ?? [];
  const { readers } = scenario.sockets[s] as ScenarioSocket;
  if (readers.length === 1 || busy <= 0) return busy;
  const capacity = capacityPps[s] ?? 0;
  let [squares, logarithm] = [0, 0];
  for (let reader = 0; reader < cpus.length; reader++) {
    const part = capacity > 0 ? (capacityOnPps[(firstReader[s] ?? 0) + reader] ?? 0) / capacity : 1 / cpus.length;
    squares += part ** 2;
    logarithm += part * Math.log(allAwake(busy, threadsOn[(firstReader[s] ?? 0) + reader] ?? 1));
  }
  return Math.exp(logarithm / squares);
}

function promptReaders({ scenario, softirqLoad }: Working, s: number): number {
  return (scenario.sockets[s]?.readers ?? []).filter((p) => (softirqLoad[p] ?? 0) === 0).length;
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

/** How much longer the CPUs that fill a socket are at a wake-up than a core alone. */
function slownessAt({ scenario, arrivalPps, servicedPps, speeds }: Working, s: number): number {
  let pps = 0;
  for (let f = 0; f < scenario.flows.length; f++) {
    const flow = scenario.flows[f] as ScenarioFlow;
    if (flow.socket === s) pps += (servicedPps[f] ?? 0) / (speeds[flow.processor] ?? 1);
  }
  return pps > 0 ? pps / (arrivalPps[s] ?? 0) : 1;
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

/** How long each CPU is at a socket, and what part of its packets each of its readers takes. */
function setContentionImage(
  { scenario, filling, readerCpus, threadsOn, firstReader, readerSpeeds, arrivalPps, capacityPps, capacityOnPps, readNs }: Working,
  image: number[],
  at: Unknowns,
): void {
  for (let f = 0; f < scenario.flows.length; f++) {
    image[at.filling + f] = Math.min(1, filling[f] ?? 0);
  }
  for (let s = 0; s < scenario.sockets.length; s++) {
    const cpus = readerCpus[s] ?? [];
    const taken = Math.min(arrivalPps[s] ?? 0, capacityPps[s] ?? 0) * ((readNs[s] ?? 0) - scenario.workNs) * 1e-9;
    const first = firstReader[s] ?? 0;
    if (cpus.length === 1) {
      image[at.taking + first] = 1;
      image[at.reading + first] = 1;
      continue;
    }
    const threads = threadsOn.slice(first, first + cpus.length);
    // Readers that sleep are woken in turn, so that each takes as much as another, or what it has time for.
    const all = Math.min(arrivalPps[s] ?? 0, capacityPps[s] ?? 0);
    const grants = all > 0 ? shareTime(capacityOnPps.slice(first, first + cpus.length), all, threads) : threads;
    const granted = grants.reduce((sum, pps) => sum + pps, 0);
    for (let reader = 0; reader < cpus.length; reader++) {
      const taking = (grants[reader] ?? 0) / granted;
      image[at.taking + first + reader] = taking;
      image[at.reading + first + reader] = Math.min(1, (taken * taking) / (readerSpeeds[cpus[reader] ?? 0] ?? 1));
    }
  }
}
