import type { CostValues } from '../stages/cost-values.js';
import type { ReaderDistance } from '../stages/hand-over.js';
import { cpuSpeed } from '../stages/sibling.js';
import { sendPacketNs, sourceCorePps } from '../stages/source-core.js';
import type { Scenario } from './scenario.js';

/** Intermediate values of one evaluation of the equations, kept between evaluations because there are hundreds a prediction. */
export interface Working {
  scenario: Scenario;
  costs: CostValues;
  /** Speed of each processor's softirq and senders, and of its readers, relative to a core alone. */
  speeds: number[];
  readerSpeeds: number[];
  /** Time of each source for a packet on a core of its own, and its rate there. */
  sendNs: number[];
  freePps: number[];
  sourcePps: number[];
  /** Per flow. */
  offeredPps: number[];
  servicedPps: number[];
  softirqNs: number[];
  /** Its readers, weighted by the packets that they take. */
  distance: ReaderDistance[];
  /** Cache lines of a packet, from handOverNs(). */
  lineNs: number[];
  /** The same of a packet that its socket takes and wakes nobody, and of one that it drops. */
  acceptedNs: number[];
  /** Of one that besides meets no other CPU that fills the socket. */
  uncontendedNs: number[];
  droppedNs: number[];
  /** Share of its CPU's time that a flow's packets take on their way into the socket. */
  filling: number[];
  /** Per processor, as shares of its time. */
  softirqLoad: number[];
  inlineLoad: number[];
  /** Share of each processor's time in which its softirq or senders wake readers. */
  waking: number[];
  /** Time to the next packet that each processor puts into a socket, from packetGap(). */
  gaps: number[];
  readerShare: number[];
  /** Senders on each processor that use whole slices, and the sockets that its readers read. */
  hungrySenders: number[];
  readSockets: number[][];
  /** Per socket. */
  readerCpus: number[][];
  /** Where each socket's first CPU stands in lists that have one entry for each CPU that reads a socket. */
  firstReader: number[];
  /** The threads there. */
  threadsOn: number[];
  arrivalPps: number[];
  readNs: number[];
  /** The same where no CPU fills the socket meanwhile. */
  aloneReadNs: number[];
  capacityPps: number[];
  /** Time that the socket's readers can get, in CPUs of full speed. */
  readerTime: number[];
  /** What the readers on each CPU could deliver. */
  capacityOnPps: number[];
  wakeUps: number[];
  /** Share of a socket's packets for which it has room in a turn of the softirq, from softirqTurns(). */
  held: number[];
  /** Sources that send to several flows in turn more than a socket buffer holds, and the share that each socket accepts because of that. */
  sourcesInTurns: number[];
  acceptedInTurns: number[];
}

export function workingOf(scenario: Scenario, costs: CostValues): Working {
  const zeros = (items: unknown[]) => items.map(() => 0);
  const { sources, flows, processors, sockets } = scenario;
  const readerCpus = sockets.map(({ readers }) => [...new Set(readers)]);
  const sendNs = sources.map(({ batchPackets, clock }) => sendPacketNs(batchPackets, costs) / clock);
  return {
    scenario,
    costs,
    speeds: processors.map(({ siblings, clock }) => clock * cpuSpeed(siblings.length > 0 ? 1 : 0, costs)),
    readerSpeeds: zeros(processors),
    sendNs,
    freePps: sources.map(({ offeredPps }, source) => sourceCorePps(offeredPps, sendNs[source] ?? 0)),
    sourcePps: zeros(sources),
    offeredPps: zeros(flows),
    servicedPps: zeros(flows),
    softirqNs: zeros(flows),
    distance: flows.map(({ distance }) => ({ ...distance })),
    lineNs: zeros(flows),
    acceptedNs: zeros(flows),
    uncontendedNs: zeros(flows),
    droppedNs: zeros(flows),
    filling: zeros(flows),
    softirqLoad: zeros(processors),
    inlineLoad: zeros(processors),
    waking: zeros(processors),
    gaps: zeros(processors),
    readerShare: zeros(processors),
    hungrySenders: zeros(processors),
    readSockets: processors.map((_, p) => sockets.flatMap(({ readers }, s) => (readers.includes(p) ? [s] : []))),
    readerCpus,
    threadsOn: sockets.flatMap(({ readers }, s) => (readerCpus[s] ?? []).map((cpu) => readers.filter((reader) => reader === cpu).length)),
    firstReader: readerCpus.map((_, s) => readerCpus.slice(0, s).reduce((count, { length }) => count + length, 0)),
    arrivalPps: zeros(sockets),
    readNs: zeros(sockets),
    aloneReadNs: zeros(sockets),
    capacityPps: zeros(sockets),
    readerTime: zeros(sockets),
    capacityOnPps: readerCpus.flatMap(zeros),
    wakeUps: zeros(sockets),
    held: sockets.map(() => 1),
    sourcesInTurns: sources.flatMap(({ batchPackets }, index) =>
      batchPackets > scenario.bufferPackets && flows.filter(({ source }) => source === index).length > 1 ? [index] : [],
    ),
    acceptedInTurns: sockets.map(() => 1),
  };
}
