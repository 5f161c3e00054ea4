import { cpuSpeed } from '../stages/sibling.js';
import { pollPackets } from '../stages/softirq.js';
import { type ReadersInSlices, sliceCycle } from '../stages/time-slices.js';
import type { ScenarioFlow, ScenarioProcessor, ScenarioSocket } from './scenario.js';
import { isDeferred, softirqShare } from './softirq-share.js';
import type { Working } from './working.js';

/** What each socket's readers can deliver in the time that softirq, senders and other readers leave them. */
export function setReaders(working: Working): void {
  const { scenario } = working;
  working.capacityPps.fill(0);
  working.capacityOnPps.fill(0);
  working.readerTime.fill(0);
  working.readerShare.fill(0);
  working.hungrySenders.fill(0);
  for (let p = 0; p < scenario.processors.length; p++) {
    if ((working.readSockets[p] as number[]).length > 0) setReadersOn(working, p);
  }
}

function setReadersOn(working: Working, p: number): void {
  const sockets = working.readSockets[p] as number[];
  const available = timeForThreads(working, p);
  const reading = sockets.reduce((sum, s) => sum + groupDemand(working, s, p), 0);
  const senders = (working.scenario.processors[p]?.sources ?? []).map((source) => sourceDemand(working, source));
  const sending = senders.reduce((sum, demand) => sum + demand, 0);
  if (reading + sending > available && sockets.length + senders.length > 1) {
    const groups = sockets.map((s) => readersInSlices(working, s, p, available));
    const demands = senders.map((demand) => demand / Math.max(available, 1e-9));
    const { readers, hungrySenders } = sliceCycle(groups, demands);
    working.hungrySenders[p] = hungrySenders;
    for (const [index, { deliveredPps, share }] of readers.entries()) give(working, sockets[index] ?? 0, p, share * available, deliveredPps);
    return;
  }
  for (const s of sockets) {
    const time = Math.max(0, available - sending - (reading - groupDemand(working, s, p)));
    give(working, s, p, Math.min(time, groupDemand(working, s, p)), (time * 1e9) / packetNsAt(working, s, p), time);
  }
}

function give(working: Working, s: number, p: number, used: number, deliveredPps: number, time = used): void {
  const fullSpeedTime = time * (working.readerSpeeds[p] ?? 1);
  add(working.readerShare, p, used);
  add(working.capacityPps, s, deliveredPps);
  working.capacityOnPps[(working.firstReader[s] ?? 0) + (working.readerCpus[s] ?? []).indexOf(p)] = deliveredPps;
  add(working.readerTime, s, fullSpeedTime);
}

/** Share of a processor's time that its threads can get: what the softirq leaves, or by turns as long as its polls where senders or ksoftirqd wait for it. */
function timeForThreads(working: Working, p: number): number {
  const { scenario, readSockets, readNs } = working;
  const softirq = working.softirqLoad[p] ?? 0;
  const left = Math.max(0, 1 - softirq);
  if (scenario.receivePath === 'veth-rps') return Math.max(left, Math.min(softirq, readingDemand(working, p)));
  if (isDeferred(working, p)) return 1 - softirqShare(working, p);
  if (!scenario.softirq) return left;
  // One packet in each gap of a softirq that never rests.
  const packetNs = (readNs[readSockets[p]?.[0] ?? 0] ?? 0) / (working.readerSpeeds[p] ?? 1);
  return Math.max(left, packetNs / (packetNs + scenario.softirq.gapNs));
}

/** Share of the processor that its readers of socket s need to read their part of all that arrives. */
function groupDemand(working: Working, s: number, p: number): number {
  return (working.arrivalPps[s] ?? 0) * shareRead(working, s, p) * packetNsAt(working, s, p) * 1e-9;
}

/** The same for all its readers, with the wake-ups that they pay for. */
export function readingDemand(working: Working, p: number): number {
  const { costs, arrivalPps, wakeUps, readerSpeeds } = working;
  let sum = 0;
  for (const s of working.readSockets[p] ?? []) {
    const wakeUpPps = (arrivalPps[s] ?? 0) * Math.max(shareRead(working, s, p) * (wakeUps[s] ?? 0), napsOn(working, s, p));
    sum += groupDemand(working, s, p) + (wakeUpPps * costs.wakeUpNs * 1e-9) / (readerSpeeds[p] ?? 1);
  }
  return sum;
}

/** Readers beside a busy RPS softirq that empty their socket in each turn sleep after each poll: wake-ups a packet. */
export function napsPerPacket(working: Working, s: number, p: number): number {
  return (working.softirqLoad[p] ?? 0) > readingDemand(working, p) ? napsOn(working, s, p) : 0;
}

function napsOn(working: Working, s: number, p: number): number {
  const isLate = working.scenario.receivePath === 'veth-rps' && (working.softirqLoad[p] ?? 0) > 0;
  return isLate ? readersOn(working, s, p) / pollPackets : 0;
}

function readersInSlices(working: Working, s: number, p: number, available: number): ReadersInSlices {
  const share = shareRead(working, s, p);
  const localPps = arrivalsFrom(working, s, p) * share;
  return {
    threads: readersOn(working, s, p),
    localPps,
    remotePps: Math.max(0, (working.arrivalPps[s] ?? 0) * share - localPps),
    bufferPackets: working.scenario.bufferPackets,
    packetNs: packetNsAt(working, s, p) / Math.max(available, 1e-9),
  };
}

/** Time of a packet on the processor. Where a hyper-thread beside it fills the socket, it is slow and contended at the same times. */
export function packetNsAt(working: Working, s: number, p: number): number {
  const { scenario, costs, filling } = working;
  const { siblings, clock } = scenario.processors[p] as ScenarioProcessor;
  const speed = (working.readerSpeeds[p] ?? 1) / clock;
  const meanNs = working.readNs[s] ?? 0;
  if (siblings.length === 0 || speed === 1) return meanNs / (speed * clock);
  const { producers } = scenario.sockets[s] as ScenarioSocket;
  let share = 0;
  for (let f = 0; f < scenario.flows.length; f++) {
    const flow = scenario.flows[f] as ScenarioFlow;
    if (flow.socket === s && siblings.includes(flow.processor)) share += filling[f] ?? 0;
  }
  const slowSpeed = cpuSpeed(1, costs);
  const slow = (1 - speed) / (1 - slowSpeed);
  const addedNs = costs.readerContentionNs * (1 - 1 / producers) * Math.min(share, slow);
  return 1 / clock / ((slow * slowSpeed) / (meanNs + addedNs * (1 / slow - 1)) + (1 - slow) / Math.max(meanNs - addedNs, costs.readNs));
}

/** Share of a socket's packets that its readers on a processor take. Those beside an RPS softirq come late: they get what the others leave. */
function shareRead(working: Working, s: number, p: number): number {
  const { scenario, softirqLoad, arrivalPps, readNs } = working;
  const readers = scenario.sockets[s]?.readers ?? [];
  const here = readersOn(working, s, p) / readers.length;
  if (scenario.receivePath !== 'veth-rps') return here;
  const late = readers.filter((reader) => (softirqLoad[reader] ?? 0) > 0).length / readers.length;
  if (late === 0 || late === 1) return here;
  const promptPps = ((1 - late) * readers.length * 1e9) / (readNs[s] ?? 1);
  const left = Math.max(0, 1 - promptPps / Math.max(arrivalPps[s] ?? 0, 1e-9));
  return (softirqLoad[p] ?? 0) > 0 ? (here / late) * left : (here / (1 - late)) * (1 - left);
}

function readersOn({ scenario }: Working, s: number, p: number): number {
  let count = 0;
  for (const reader of scenario.sockets[s]?.readers ?? []) count += reader === p ? 1 : 0;
  return count;
}

/** Nanoseconds that a source's packet costs its own CPU: sending, and the softirq where that runs inline. */
export function sourcePacketNs(working: Working, source: number): number {
  const { scenario } = working;
  let packetNs = working.sendNs[source] ?? 0;
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

/** Packets per second for a socket that are sent from a processor. */
function arrivalsFrom({ scenario, servicedPps }: Working, s: number, p: number): number {
  let sum = 0;
  for (const [f, flow] of scenario.flows.entries()) {
    if (flow.socket === s && scenario.sources[flow.source]?.processor === p) sum += servicedPps[f] ?? 0;
  }
  return sum;
}

function add(list: number[], index: number, value: number): void {
  list[index] = (list[index] ?? 0) + value;
}
