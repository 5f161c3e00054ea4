import { contendingCpus } from '../stages/contention.js';
import { handOverNs } from '../stages/hand-over.js';
import { readerPacketNs } from '../stages/reader.js';
import { cpuSpeed } from '../stages/sibling.js';
import { softirqPacketNs } from '../stages/softirq.js';
import type { ScenarioFlow } from './scenario.js';
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
  for (let s = 0; s < scenario.sources.length; s++) working.sourcePps[s] = (values[s] ?? 0) * (working.freePps[s] ?? 0);
  for (let p = 0; p < scenario.processors.length; p++) {
    const siblings = scenario.processors[p]?.siblings ?? [];
    if (siblings.length === 0) {
      working.readerSpeeds[p] = 1;
      continue;
    }
    working.readerSpeeds[p] = cpuSpeed(
      siblings.reduce((most, sibling) => Math.max(most, values[at.busy + sibling] ?? 0), 0),
      costs,
    );
  }
  let crossNodePps = 0;
  for (let f = 0; f < scenario.flows.length; f++) {
    const flow = scenario.flows[f] as ScenarioFlow;
    const offered = (working.sourcePps[flow.source] ?? 0) * flow.share;
    const serviced = offered * (values[at.ring + flow.processor] ?? 1);
    working.offeredPps[f] = offered;
    working.servicedPps[f] = serviced;
    working.arrivalPps[flow.socket] = (working.arrivalPps[flow.socket] ?? 0) + serviced;
    crossNodePps += serviced * flow.distance.far;
  }
  for (let f = 0; f < scenario.flows.length; f++) {
    const flow = scenario.flows[f] as ScenarioFlow;
    const producers = scenario.sockets[flow.socket]?.producers ?? 1;
    const readerCpus = working.readerCpus[flow.socket]?.length ?? 1;
    const reading = readerCpus * otherCpuShare(flow) * (values[at.reading + flow.socket] ?? 0);
    const otherCpus = contendingCpus(producers > 1 ? fillingBeside(working, values, at, flow) : 0, reading, readerCpus);
    const lines = handOverNs(flow.distance, crossNodePps, costs);
    const accepted = values[at.accepted + flow.socket] ?? 1;
    const wakeUps = values[at.wakeUps + flow.socket] ?? 0;
    const packetNs = softirqPacketNs({ accepted, handOverNs: lines, otherCpus, wakeUps }, costs);
    const speed = working.speeds[flow.processor] ?? 1;
    working.waking[flow.processor] =
      (working.waking[flow.processor] ?? 0) + ((working.servicedPps[f] ?? 0) * accepted * wakeUps * costs.wakeUpNs * 1e-9) / speed;
    working.softirqNs[f] = packetNs;
    const load = ((working.offeredPps[f] ?? 0) * packetNs * 1e-9) / speed;
    working.filling[f] = ((working.servicedPps[f] ?? 0) * packetNs * 1e-9) / speed;
    const loads = flow.inline ? working.inlineLoad : working.softirqLoad;
    loads[flow.processor] = (loads[flow.processor] ?? 0) + load;
    const arrivals = working.arrivalPps[flow.socket] ?? 0;
    // The lines of each flow weigh as much as its packets; read costs besides are the same for all.
    working.readNs[flow.socket] = (working.readNs[flow.socket] ?? 0) + (arrivals > 0 ? (lines * (working.servicedPps[f] ?? 0)) / arrivals : 0);
  }
  for (let s = 0; s < scenario.sockets.length; s++) {
    const readersBeside = ((working.readerCpus[s]?.length ?? 1) - 1) * (values[at.reading + s] ?? 0);
    const otherCpus = contendingCpus(readersBeside, fillingFor(working, values, at, s), scenario.sockets[s]?.producers ?? 1);
    working.readNs[s] = readerPacketNs(working.readNs[s] ?? 0, otherCpus, scenario.workNs, costs);
  }
}

/** CPUs that fill a socket while one of its readers reads, on average: that reader's own CPU does not. */
function fillingFor({ scenario }: Working, values: number[], at: Unknowns, s: number): number {
  let sum = 0;
  for (let f = 0; f < scenario.flows.length; f++) {
    const flow = scenario.flows[f] as ScenarioFlow;
    if (flow.socket === s) sum += otherCpuShare(flow) * (values[at.filling + f] ?? 0);
  }
  return sum;
}

/** Share of a socket's readers that are on other CPUs than the flow. */
function otherCpuShare({ distance }: ScenarioFlow): number {
  return distance.near + distance.far;
}

/** CPUs that fill the flow's socket at a time, its own aside. */
function fillingBeside({ scenario }: Working, values: number[], at: Unknowns, { socket, processor }: ScenarioFlow): number {
  let sum = 0;
  for (let f = 0; f < scenario.flows.length; f++) {
    const other = scenario.flows[f] as ScenarioFlow;
    if (other.socket === socket && other.processor !== processor) sum += values[at.filling + f] ?? 0;
  }
  return sum;
}
