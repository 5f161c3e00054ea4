import { handOverNs } from '../stages/hand-over.js';
import { readerPacketNs } from '../stages/reader.js';
import { cpuSpeed } from '../stages/sibling.js';
import { softirqPacketNs } from '../stages/softirq.js';
import type { ScenarioFlow, ScenarioSocket } from './scenario.js';
import type { Unknowns } from './unknowns.js';
import type { Working } from './working.js';

/** From the unknowns to rates and costs: flows, what they cost softirq and reader, and the load of each softirq. */
export function setRates(working: Working, values: number[], at: Unknowns): void {
  const { scenario, costs } = working;
  working.softirqLoad.fill(0);
  working.inlineLoad.fill(0);
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
    const socket = scenario.sockets[flow.socket];
    const otherCpus = socket ? otherCpusOf(socket) : 0;
    const lines = handOverNs(flow.distance, crossNodePps, costs);
    const accepted = values[at.accepted + flow.socket] ?? 1;
    const packetNs = softirqPacketNs({ accepted, handOverNs: lines, otherCpus, wakeUps: values[at.wakeUps + flow.socket] ?? 0 }, costs);
    working.softirqNs[f] = packetNs;
    const load = ((working.offeredPps[f] ?? 0) * packetNs * 1e-9) / (working.speeds[flow.processor] ?? 1);
    const loads = flow.inline ? working.inlineLoad : working.softirqLoad;
    loads[flow.processor] = (loads[flow.processor] ?? 0) + load;
    const arrivals = working.arrivalPps[flow.socket] ?? 0;
    // The lines of each flow weigh as much as its packets; read costs besides are the same for all.
    working.readNs[flow.socket] = (working.readNs[flow.socket] ?? 0) + (arrivals > 0 ? (lines * (working.servicedPps[f] ?? 0)) / arrivals : 0);
  }
  for (let s = 0; s < scenario.sockets.length; s++) {
    const socket = scenario.sockets[s] as ScenarioSocket;
    working.readNs[s] = readerPacketNs(working.readNs[s] ?? 0, otherCpusOf(socket), scenario.workNs, costs);
  }
}

/** CPUs that use a socket beside one producer and one reader. Threads that share a CPU hand its lines to nobody. */
function otherCpusOf({ producers, readers }: ScenarioSocket): number {
  return producers - 1 + new Set(readers).size - 1;
}
