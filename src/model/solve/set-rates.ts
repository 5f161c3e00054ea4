import { busyWhileIdle } from '../stages/alternation.js';
import { acceptedWhileReading } from '../stages/batch-work.js';
import { contendingCpus, metAtBegin } from '../stages/contention.js';
import { firewallNs } from '../stages/firewall.js';
import { handOverNs, type ReaderDistance } from '../stages/hand-over.js';
import { readCallsPerPacket, readerPacketNs } from '../stages/reader.js';
import { cpuSpeed } from '../stages/sibling.js';
import { droppedPacketNs, softirqPacketNs } from '../stages/softirq.js';
import { fillsMeanwhile, type Turn, turnOf } from '../stages/turns.js';
import type { ScenarioFlow, ScenarioProcessor, ScenarioSocket, ScenarioSource } from './scenario.js';
import type { Unknowns } from './unknowns.js';
import type { Working } from './working.js';

/** From the unknowns to rates and costs: flows, what they cost softirq and reader, and the load of each softirq. */
export function setRates(working: Working, values: number[], at: Unknowns): void {
  const { scenario, costs } = working;
  working.softirqLoad.fill(0);
  working.inlineLoad.fill(0);
  working.waking.fill(0);
  working.arrivalPps.fill(0);
  working.readNs.fill(0);
  for (let s = 0; s < scenario.sockets.length; s++) working.wakeUps[s] = values[at.wakeUps + s] ?? 0;
  for (let s = 0; s < scenario.sources.length; s++) working.sourcePps[s] = (values[s] ?? 0) * (working.freePps[s] ?? 0);
  for (let p = 0; p < scenario.processors.length; p++) {
    const { siblings, clock } = scenario.processors[p] as ScenarioProcessor;
    let siblingBusy = 0;
    for (const sibling of siblings) siblingBusy = Math.max(siblingBusy, values[at.busy + sibling] ?? 0);
    working.readerSpeeds[p] = clock * cpuSpeed(siblingBusy, costs);
  }
  setDistances(working, values, at);
  let crossNodePps = 0;
  for (let f = 0; f < scenario.flows.length; f++) {
    const flow = scenario.flows[f] as ScenarioFlow;
    const offered = (working.sourcePps[flow.source] ?? 0) * flow.share;
    const serviced = offered * (values[at.ring + flow.processor] ?? 1);
    working.offeredPps[f] = offered;
    working.servicedPps[f] = serviced;
    working.arrivalPps[flow.socket] = (working.arrivalPps[flow.socket] ?? 0) + serviced;
    crossNodePps += serviced * (working.distance[f]?.far ?? 0);
  }
  const filterNs = firewallNs(costs, scenario.firewall);
  for (let f = 0; f < scenario.flows.length; f++) {
    const flow = scenario.flows[f] as ScenarioFlow;
    const producers = scenario.sockets[flow.socket]?.producers ?? 1;
    const readerCpus = working.readerCpus[flow.socket]?.length ?? 1;
    const reading = readingBeside(working, values, at, flow.socket, flow.processor);
    const lines = handOverNs(working.distance[f] ?? flow.distance, crossNodePps, costs);
    const accepted = values[at.accepted + flow.socket] ?? 1;
    const wakeUps = values[at.wakeUps + flow.socket] ?? 0;
    const otherCpus = contendingCpus(0, reading, readerCpus);
    const aloneNs = softirqPacketNs({ accepted, handOverNs: lines, otherCpus, wakeUps, firewallNs: filterNs }, costs);
    const addedNs = accepted * costs.producerContentionNs;
    const packetNs = aloneNs + (producers > 1 ? addedNs * fillingBeside(working, values, at, f, aloneNs, addedNs) : 0);
    const speed = working.speeds[flow.processor] ?? 1;
    working.waking[flow.processor] =
      (working.waking[flow.processor] ?? 0) + ((working.servicedPps[f] ?? 0) * accepted * wakeUps * costs.wakeUpNs * 1e-9) / speed;
    working.softirqNs[f] = packetNs;
    working.lineNs[f] = lines;
    working.droppedNs[f] = filterNs + droppedPacketNs(lines, costs);
    const allAcceptedNs = accepted > 0 ? (packetNs - (1 - accepted) * (working.droppedNs[f] ?? 0)) / accepted : packetNs;
    working.acceptedNs[f] = allAcceptedNs - costs.wakeUpNs * wakeUps;
    working.uncontendedNs[f] = costs.softirqNs + lines + costs.producerContentionNs * contendingCpus(0, reading, readerCpus);
    const load = ((working.offeredPps[f] ?? 0) * packetNs * 1e-9) / speed;
    working.filling[f] = ((working.servicedPps[f] ?? 0) * packetNs * 1e-9) / speed;
    const loads = flow.inline ? working.inlineLoad : working.softirqLoad;
    loads[flow.processor] = (loads[flow.processor] ?? 0) + load;
    const arrivals = working.arrivalPps[flow.socket] ?? 0;
    // The lines of each flow weigh as much as its packets; read costs besides are the same for all.
    working.readNs[flow.socket] = (working.readNs[flow.socket] ?? 0) + (arrivals > 0 ? (lines * (working.servicedPps[f] ?? 0)) / arrivals : 0);
  }
  for (let s = 0; s < scenario.sockets.length; s++) {
    const cpus = working.readerCpus[s] ?? [];
    let readersBeside = 0;
    for (let reader = 0; reader < cpus.length && cpus.length > 1; reader++) {
      const taking = values[at.taking + (working.firstReader[s] ?? 0) + reader] ?? 0;
      readersBeside += taking * readingBeside(working, values, at, s, cpus[reader] ?? 0);
    }
    const calls = readCallsPerPacket(working.wakeUps[s] ?? 0, scenario.readerBatchPackets);
    const aloneNs = readerPacketNs(working.readNs[s] ?? 0, readersBeside, scenario.workNs, calls, costs);
    working.aloneReadNs[s] = aloneNs;
    working.readNs[s] =
      aloneNs + costs.readerContentionNs * contendingCpus(0, fillingFor(working, values, at, s, aloneNs), scenario.sockets[s]?.producers ?? 1);
  }
}

/** CPUs that fill a socket when one of its readers begins a packet, on average: that reader's own CPU does not. */
function fillingFor(working: Working, values: number[], at: Unknowns, s: number, aloneNs: number): number {
  const { scenario, costs, softirqNs, arrivalPps } = working;
  const { producers, readers } = scenario.sockets[s] as ScenarioSocket;
  if (producers === 1) return 0;
  const addedNs = costs.readerContentionNs * (1 - 1 / producers);
  let all = 0;
  for (let f = 0; f < scenario.flows.length; f++) {
    const flow = scenario.flows[f] as ScenarioFlow;
    if (flow.socket === s) all += otherCpuShare(working, f) * (values[at.filling + f] ?? 0);
  }
  const meanNs = aloneNs + addedNs * all;
  const busy = Math.min(1, ((arrivalPps[s] ?? 0) * meanNs * 1e-9) / readers.length);
  let sum = 0;
  for (let f = 0; f < scenario.flows.length; f++) {
    const flow = scenario.flows[f] as ScenarioFlow;
    if (flow.socket !== s) continue;
    const turn = turnAt(working, values, at, f);
    const { length } = turn;
    const longer = fillingWhileReading(working, s, f, meanNs, values[at.accepted + s] ?? 1);
    const density = Math.min(1, turn.density * longer * fillingWhileIdle(working, values, at, s, f));
    // Packets of a batch are read one after the other: the work comes after them all.
    const freeNs = meanNs - scenario.workNs - addedNs * length * density;
    const met = length * metAtBegin(density, freeNs, freeNs + addedNs, softirqNs[f] ?? 0);
    sum += otherCpuShare(working, f) * (length * density + busy * (met - length * density));
  }
  return sum;
}

/** How much more often a flow fills while the softirq of a reader's CPU leaves that time than on average: another flow of its source may be there. */
function fillingWhileIdle(working: Working, values: number[], at: Unknowns, s: number, f: number): number {
  const { scenario, readerCpus, firstReader } = working;
  const { source } = scenario.flows[f] as ScenarioFlow;
  const { batchPackets, turns } = scenario.sources[source] as ScenarioSource;
  const cpus = readerCpus[s] ?? [];
  const filling = values[at.filling + f] ?? 0;
  if (batchPackets > 1 || scenario.receivePath !== 'physical-nic' || filling === 0) return 1;
  let ratio = 1;
  for (let g = 0; g < scenario.flows.length; g++) {
    const other = scenario.flows[g] as ScenarioFlow;
    const reader = cpus.indexOf(other.processor);
    if (g === f || other.source !== source || reader < 0 || other.processor === scenario.flows[f]?.processor) continue;
    const places = Math.round((((scenario.flows[f]?.turnStart ?? 0) - other.turnStart + 1) % 1) * turns);
    const taking = values[at.taking + (firstReader[s] ?? 0) + reader] ?? 0;
    ratio += taking * (busyWhileIdle([values[at.filling + g] ?? 0, filling], turns, places) / filling - 1);
  }
  return ratio;
}

/** How much longer a flow's CPU is at a packet while a reader of its socket reads than on average: longer only where the reader has work besides. */
function fillingWhileReading(working: Working, s: number, f: number, meanNs: number, meanAccepted: number): number {
  const { scenario, arrivalPps, readerCpus, readerTime } = working;
  if (scenario.workNs === 0) return 1;
  const readers = readerCpus[s]?.length ?? 1;
  const speed = Math.max(1e-3, (readerTime[s] ?? 0) / readers);
  const accepted = acceptedWhileReading((meanNs - scenario.workNs) / speed, scenario.workNs / speed, arrivalPps[s] ?? 0, readers);
  return meanSoftirqNs(working, f, Math.max(meanAccepted, accepted)) / meanSoftirqNs(working, f, meanAccepted);
}

function meanSoftirqNs({ acceptedNs, droppedNs }: Working, f: number, accepted: number): number {
  return accepted * (acceptedNs[f] ?? 0) + (1 - accepted) * (droppedNs[f] ?? 0);
}

/** A flow's turn. Its CPU is at its batch for as long as other sources' packets and senders let it. */
function turnAt({ scenario }: Working, values: number[], at: Unknowns, f: number): Turn {
  const { source, turnStart, share, processor } = scenario.flows[f] as ScenarioFlow;
  const filling = values[at.filling + f] ?? 0;
  let others = 0;
  for (let g = 0; g < scenario.flows.length; g++) {
    const other = scenario.flows[g] as ScenarioFlow;
    if (other.processor === processor && other.source !== source) others += values[at.filling + g] ?? 0;
  }
  const busy = Math.min(1, filling / Math.max(1e-9, 1 - others));
  const { length, start } = turnOf(turnStart, share, busy, scenario.sources[source]?.batchPackets ?? 1);
  return { start, length, density: filling / length };
}

/** How far each flow's packets go to the CPUs that take them. */
function setDistances(working: Working, values: number[], at: Unknowns): void {
  const { scenario, readerCpus, firstReader } = working;
  for (let f = 0; f < scenario.flows.length; f++) {
    const { socket, processor } = scenario.flows[f] as ScenarioFlow;
    const distance = working.distance[f] as ReaderDistance;
    const cpus = readerCpus[socket] ?? [];
    if (cpus.length === 1) continue;
    distance.near = 0;
    distance.far = 0;
    let all = 0;
    for (let reader = 0; reader < cpus.length; reader++) {
      const cpu = cpus[reader] ?? 0;
      const taking = values[at.taking + (firstReader[socket] ?? 0) + reader] ?? 0;
      all += taking;
      if (cpu === processor) continue;
      const isNear = scenario.processors[cpu]?.node === scenario.processors[processor]?.node;
      distance[isNear ? 'near' : 'far'] += taking;
    }
    distance.near /= Math.max(all, 1e-9);
    distance.far /= Math.max(all, 1e-9);
  }
}

/** CPUs that take packets out of a socket, that CPU aside. */
function readingBeside({ readerCpus, firstReader }: Working, values: number[], at: Unknowns, s: number, processor: number): number {
  const cpus = readerCpus[s] ?? [];
  let sum = 0;
  for (let reader = 0; reader < cpus.length; reader++) {
    if (cpus[reader] !== processor) sum += values[at.reading + (firstReader[s] ?? 0) + reader] ?? 0;
  }
  return sum;
}

/** Share of a flow's packets that are taken on other CPUs. */
function otherCpuShare({ distance }: Working, f: number): number {
  return (distance[f]?.near ?? 0) + (distance[f]?.far ?? 0);
}

/** CPUs that fill a flow's socket when one of its packets begins, its own aside. */
function fillingBeside(working: Working, values: number[], at: Unknowns, f: number, aloneNs: number, addedNs: number): number {
  const { scenario, softirqNs } = working;
  const { source, socket, processor } = scenario.flows[f] as ScenarioFlow;
  const turn = turnAt(working, values, at, f);
  const busy = values[at.filling + f] ?? 0;
  let sum = 0;
  for (let g = 0; g < scenario.flows.length; g++) {
    const other = scenario.flows[g] as ScenarioFlow;
    if (other.socket !== socket || other.processor === processor) continue;
    const share = other.source === source ? fillsMeanwhile(turn, turnAt(working, values, at, g)) : (values[at.filling + g] ?? 0);
    const met = metAtBegin(share, aloneNs, aloneNs + addedNs, softirqNs[g] || aloneNs);
    sum += share + busy * (met - share);
  }
  return sum;
}
