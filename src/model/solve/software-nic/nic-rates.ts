import { contendingCpus } from '../../stages/contention.js';
import type { CostValues } from '../../stages/cost-values.js';
import { handOverNs } from '../../stages/hand-over.js';
import { readCallsPerPacket, readerPacketNs } from '../../stages/reader.js';
import { cpuSpeed } from '../../stages/sibling.js';
import { softirqPacketNs } from '../../stages/softirq.js';
import { sendPacketNs, sourceCorePps } from '../../stages/source-core.js';
import { wirePacketNs } from '../../stages/wire-source.js';
import type { Scenario, ScenarioFlow } from '../scenario.js';
import type { NicThread } from './nic-threads.js';
import type { NicUnknowns } from './nic-unknowns.js';

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
  /** Per thread, and packets per second that come for it from all CPUs and from its own. */
  packetNs: number[];
  comingPps: number[];
  localPps: number[];
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

export function nicRates(scenario: Scenario, threads: NicThread[], costs: CostValues, values: number[], at: NicUnknowns): NicRates {
  const zeros = (items: unknown[]) => items.map(() => 0);
  const { sources, flows, sockets, processors } = scenario;
  const rings = scenario.nic?.rings ?? [];
  const value = (index: number) => values[index] ?? 0;
  const slow = processors.map(({ siblings }) => cpuSpeed(siblings.length > 0 ? 1 : 0, costs));
  const readerSpeed = processors.map(({ siblings }) => cpuSpeed(Math.max(0, ...siblings.map((sibling) => value(at.busy + sibling))), costs));
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
    localPps: zeros(threads),
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
    const met = { accepted: value(at.accepted + socket), handOverNs: lines, otherCpus: othersOfFiller(f), wakeUps: value(at.wakeUps + socket) };
    rates.flowNs[f] = softirqPacketNs(met, costs) / (slow[processor] ?? 1);
    add(rates.ringNs, ring, ((rates.flowNs[f] ?? 0) * (offeredPps[f] ?? 0)) / Math.max(1e-12, rates.ringPps[ring] ?? 0));
    add(readLinesNs, socket, (lines * (servicedPps[f] ?? 0)) / Math.max(1e-12, rates.arrivalPps[socket] ?? 0));
  }
  for (const [t, thread] of threads.entries()) {
    const speed = slow[thread.processor] ?? 1;
    if (thread.job === 'wire') {
      rates.packetNs[t] = wirePacketNs(costs) / speed;
      rates.comingPps[t] = thread.sources.reduce((sum, source) => sum + freePps(scenario, source, costs), 0);
    } else if (thread.job === 'sender') {
      rates.packetNs[t] = senderPacketNs(sources[thread.source]?.batchPackets ?? 1, costs) / speed;
      rates.comingPps[t] = freePps(scenario, thread.source, costs);
    } else if (thread.job === 'queue') {
      rates.packetNs[t] = rates.ringNs[thread.ring] ?? 0;
      rates.comingPps[t] = rates.ringPps[thread.ring] ?? 0;
      rates.localPps[t] = sumOf(({ ring, source }) => ring === thread.ring && sources[source]?.processor === thread.processor, offeredPps);
    } else {
      const { socket, processor } = thread;
      const readers = sockets[socket]?.readers.length ?? 1;
      const calls = readCallsPerPacket(value(at.wakeUps + socket), scenario.readerBatchPackets);
      const packetNs = readerPacketNs(readLinesNs[socket] ?? 0, othersOfReader(socket), scenario.workNs, calls, costs);
      rates.packetNs[t] = packetNs / (readerSpeed[processor] ?? 1);
      rates.comingPps[t] = (rates.arrivalPps[socket] ?? 0) / readers;
      rates.localPps[t] = sumOf((flow) => flow.socket === socket && flow.processor === processor, servicedPps) / readers;
    }
  }
  return rates;

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
