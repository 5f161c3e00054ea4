import { contendingCpus } from '../../stages/contention.js';
import type { CostValues } from '../../stages/cost-values.js';
import { firewallNs } from '../../stages/firewall.js';
import { handOverNs } from '../../stages/hand-over.js';
import { readCallsPerPacket, readerPacketNs } from '../../stages/reader.js';
import { cpuSpeed } from '../../stages/sibling.js';
import { softirqPacketNs } from '../../stages/softirq.js';
import { sendPacketNs, sourceCorePps } from '../../stages/source-core.js';
import { catchUpNs, wirePacketNs } from '../../stages/wire-source.js';
import type { Scenario, ScenarioFlow } from '../scenario.js';
import type { NicThread } from './nic-threads.js';
import type { NicUnknowns } from './nic-unknowns.js';
import type { Played } from './played.js';

/** Rates and costs that follow from the unknowns; nanoseconds are those of the CPU on which the work is done. */
export interface NicRates {
  sourcePps: number[];
  /** Per flow. */
  offeredPps: number[];
  servicedPps: number[];
  flowNs: number[];
  /** Per ring, what its packets cost its thread, wake-ups of that thread aside. */
  ringPps: number[];
  ringNs: number[];
  /** Per socket. */
  arrivalPps: number[];
  /** Per thread, and packets per second that come for it. */
  packetNs: number[];
  comingPps: number[];
}

/** Packets per second of a source with all the time of its CPU. */
export function freePps({ sources }: Scenario, source: number, costs: CostValues): number {
  const { offeredPps = null, wire, batchPackets = 1 } = sources[source] ?? {};
  return wire ? (offeredPps ?? 0) : sourceCorePps(offeredPps, senderPacketNs(batchPackets, costs));
}

/** A sending program makes its packet, and the NIC takes it on the same CPU. */
export function senderPacketNs(batchPackets: number, costs: CostValues): number {
  return sendPacketNs(batchPackets, costs) + (costs.nicNs ?? 0);
}

/**
 * @param played shows who of a socket's readers takes how much
 * @param isTurn wake-ups are in the turns of threads, not in what their packets cost
 */
export function nicRates(
  scenario: Scenario,
  threads: NicThread[],
  costs: CostValues,
  values: number[],
  at: NicUnknowns,
  played?: Played,
  isTurn = false,
): NicRates {
  const zeros = (items: unknown[]) => items.map(() => 0);
  const { sources, flows, sockets, processors } = scenario;
  const rings = scenario.nic?.rings ?? [];
  const value = (index: number) => values[index] ?? 0;
  const slow = processors.map(({ siblings, clock }) => clock * cpuSpeed(siblings.length > 0 ? 1 : 0, costs));
  const readerSpeed = processors.map(
    ({ siblings, clock }) => clock * cpuSpeed(Math.max(0, ...siblings.map((sibling) => value(at.busy + sibling))), costs),
  );
  const sourcePps = sources.map((_, source) => value(source) * freePps(scenario, source, costs));
  const offeredPps = flows.map(({ source, share }) => (sourcePps[source] ?? 0) * share);
  const servicedPps = flows.map(({ ring = 0 }, f) => (offeredPps[f] ?? 0) * value(at.ring + ring));
  const rates: NicRates = {
    sourcePps,
    offeredPps,
    servicedPps,
    flowNs: zeros(flows),
    ringPps: zeros(rings),
    ringNs: zeros(rings),
    arrivalPps: zeros(sockets),
    packetNs: zeros(threads),
    comingPps: zeros(threads),
  };
  for (const [f, { socket, ring = 0 }] of flows.entries()) {
    add(rates.arrivalPps, socket, servicedPps[f] ?? 0);
    add(rates.ringPps, ring, offeredPps[f] ?? 0);
  }
  const crossNodePps = flows.reduce((sum, { distance }, f) => sum + distance.far * (servicedPps[f] ?? 0), 0);
  const readLinesNs = zeros(sockets);
  for (const [f, flow] of flows.entries()) {
    const { socket, ring = 0, processor } = flow;
    const lines = handOverNs(flow.distance, crossNodePps, costs);
    const met = {
      accepted: value(at.accepted + socket),
      handOverNs: lines,
      otherCpus: othersOfFiller(f),
      wakeUps: remoteWakeUps(flow),
      firewallNs: firewallNs(costs, scenario.firewall),
    };
    rates.flowNs[f] = softirqPacketNs(met, costs) / (slow[processor] ?? 1);
    add(rates.ringNs, ring, ((rates.flowNs[f] ?? 0) * (offeredPps[f] ?? 0)) / Math.max(1e-12, rates.ringPps[ring] ?? 0));
    add(readLinesNs, socket, (lines * (servicedPps[f] ?? 0)) / Math.max(1e-12, rates.arrivalPps[socket] ?? 0));
  }
  for (const [t, thread] of threads.entries()) {
    const speed = slow[thread.processor] ?? 1;
    if (thread.job === 'wire') {
      const coming = thread.sources.reduce((sum, source) => sum + freePps(scenario, source, costs), 0);
      rates.packetNs[t] = Math.max(wirePacketNs(costs) / speed, catchUpNs(1e9 / Math.max(1e-9, coming), costs));
      rates.comingPps[t] = coming;
    } else if (thread.job === 'sender') {
      rates.packetNs[t] = senderPacketNs(sources[thread.source]?.batchPackets ?? 1, costs) / speed;
      rates.comingPps[t] = freePps(scenario, thread.source, costs);
    } else if (thread.job === 'queue') {
      rates.packetNs[t] = rates.ringNs[thread.ring] ?? 0;
      rates.comingPps[t] = rates.ringPps[thread.ring] ?? 0;
    } else {
      const calls = readCallsPerPacket(value(at.threadWakeUps + t), scenario.readerBatchPackets);
      const packetNs = readerPacketNs(readLinesNs[thread.socket] ?? 0, othersOfReader(thread.socket), scenario.workNs, calls, costs);
      rates.packetNs[t] = packetNs / (readerSpeed[thread.processor] ?? 1);
    }
  }
  for (const s of sockets.keys()) setReaders(s);
  return rates;

  /** A socket's packets go to its readers as the turns have shown, or as far as each has time. */
  function setReaders(s: number): void {
    const readers = threads.flatMap((thread, t) => (thread.job === 'reader' && thread.socket === s ? [t] : []));
    const beside = (t: number) => readers.filter((other) => threads[other]?.processor === threads[t]?.processor).length;
    const shown = readers.map((t) => played?.threads[t]?.pps ?? 0);
    const parts = shown.some((pps) => pps > 0) ? shown : readers.map((t) => 1 / beside(t) / (rates.packetNs[t] ?? 1));
    const all = parts.reduce((sum, part) => sum + part, 0);
    for (const [index, t] of readers.entries()) rates.comingPps[t] = ((rates.arrivalPps[s] ?? 0) * (parts[index] ?? 0)) / all;
  }

  /** Waking a reader of another CPU takes an interrupt there; one of the own CPU pays for its turn itself. */
  function remoteWakeUps({ socket, distance }: ScenarioFlow): number {
    return isTurn ? 0 : (distance.near + distance.far) * value(at.wakeUps + socket);
  }

  function sumOf(isMeant: (flow: ScenarioFlow) => boolean, pps: number[]): number {
    return flows.reduce((sum, flow, f) => sum + (isMeant(flow) ? (pps[f] ?? 0) : 0), 0);
  }

  function othersOfFiller(f: number): number {
    const { socket, processor, distance } = flows[f] as ScenarioFlow;
    const beside = sumOf((other) => other.socket === socket && other.processor !== processor, values.slice(at.filling, at.filling + flows.length));
    const readerCpus = new Set(sockets[socket]?.readers).size;
    return contendingCpus(beside, readerCpus * (distance.near + distance.far) * value(at.reading + socket), readerCpus);
  }

  function othersOfReader(s: number): number {
    const readersBeside = (new Set(sockets[s]?.readers).size - 1) * value(at.reading + s);
    const filling = flows.reduce(
      (sum, { socket, distance }, f) => sum + (socket === s ? (distance.near + distance.far) * value(at.filling + f) : 0),
      0,
    );
    return contendingCpus(readersBeside, filling, sockets[s]?.producers ?? 1);
  }
}

function add(list: number[], index: number, value: number): void {
  list[index] = (list[index] ?? 0) + value;
}
