import { slicedReader } from '../stages/time-slices.js';
import type { ScenarioSocket } from './scenario.js';
import { shareTime } from './share-time.js';
import type { Working } from './working.js';

/** What each socket's readers can deliver in the time that softirq, senders and other readers leave them. */
export function setReaders(working: Working): void {
  const { scenario } = working;
  working.capacityPps.fill(0);
  working.readerTime.fill(0);
  const shares = working.readerShare.slice();
  working.readerShare.fill(0);
  for (let s = 0; s < scenario.sockets.length; s++) {
    const socket = scenario.sockets[s] as ScenarioSocket;
    for (const processor of socket.readers) {
      const floods = scenario.processors[processor]?.sources.filter((source) => scenario.sources[source]?.offeredPps === null).length ?? 0;
      const speed = working.readerSpeeds[processor] ?? 1;
      const packetNs = (working.readNs[s] ?? 0) / speed;
      if (floods > 0) {
        const own = ownArrivals(working, s, processor) / socket.readers.length;
        const all = (working.arrivalPps[s] ?? 0) / socket.readers.length;
        const sliced = slicedReader(floods, own, all - own, 1 - (shares[processor] ?? 0), scenario.bufferPackets, packetNs);
        add(working.readerShare, processor, sliced.share);
        add(working.capacityPps, s, sliced.deliveredPps);
        add(working.readerTime, s, sliced.share * speed);
      } else {
        const time = timeFor(working, s, processor);
        add(working.readerShare, processor, Math.min(time, readerDemand(working, s, processor)));
        add(working.capacityPps, s, (time * 1e9) / packetNs);
        add(working.readerTime, s, time * speed);
      }
    }
  }
}

/** Share of a processor's time that a reader of socket s could get: strictly after the softirq, fairly beside all others. */
function timeFor(working: Working, s: number, processor: number): number {
  const { scenario } = working;
  const softirq = working.softirqLoad[processor] ?? 0;
  const left = Math.max(0, 1 - softirq);
  // Where senders wait for this CPU (see the brake in source-image.ts) they leave its readers the time that they need.
  const braked = scenario.receivePath === 'veth-rps' && softirq > 0;
  const available = braked
    ? Math.max(
        left,
        readerDemands(working, processor).reduce((sum, demand) => sum + demand, 0),
      )
    : left;
  const rivals = (scenario.processors[processor]?.sources ?? []).map((source) => sourceDemand(working, source));
  for (const [other, { readers }] of scenario.sockets.entries()) {
    const here = readers.filter((reader) => reader === processor).length - (other === s ? 1 : 0);
    for (let n = 0; n < here; n++) rivals.push(readerDemand(working, other, processor));
  }
  if (rivals.length === 0) return available;
  return shareTime([Number.POSITIVE_INFINITY, ...rivals], available)[0] ?? 0;
}

/** Share of the processor that one reader of socket s needs to read its part of all that arrives. */
export function readerDemand(working: Working, s: number, processor: number): number {
  const readers = working.scenario.sockets[s]?.readers.length ?? 1;
  return ((working.arrivalPps[s] ?? 0) * (working.readNs[s] ?? 0) * 1e-9) / readers / (working.readerSpeeds[processor] ?? 1);
}

/** Demand of each reader on a processor. */
export function readerDemands(working: Working, processor: number): number[] {
  return working.scenario.sockets.flatMap(({ readers }, s) =>
    readers.filter((reader) => reader === processor).map(() => readerDemand(working, s, processor)),
  );
}

/** Nanoseconds that a source's packet costs its own CPU: sending, and the softirq where that runs inline. */
export function sourcePacketNs(working: Working, source: number): number {
  const { scenario, costs } = working;
  let packetNs = costs.sendNs;
  for (const [f, flow] of scenario.flows.entries()) {
    if (flow.source === source && flow.inline) packetNs += flow.share * (working.softirqNs[f] ?? 0);
  }
  const processor = scenario.sources[source]?.processor ?? null;
  return packetNs / (processor === null ? 1 : (working.speeds[processor] ?? 1));
}

/** Share of a CPU that a source would use; infinite for a flood. */
export function sourceDemand(working: Working, source: number): number {
  const offeredPps = working.scenario.sources[source]?.offeredPps ?? null;
  return offeredPps === null ? Number.POSITIVE_INFINITY : offeredPps * sourcePacketNs(working, source) * 1e-9;
}

function ownArrivals({ scenario, servicedPps }: Working, s: number, processor: number): number {
  let sum = 0;
  for (const [f, flow] of scenario.flows.entries()) {
    if (flow.socket === s && scenario.sources[flow.source]?.processor === processor) sum += servicedPps[f] ?? 0;
  }
  return sum;
}

function add(list: number[], index: number, value: number): void {
  list[index] = (list[index] ?? 0) + value;
}
