import { articleFirewall, type Firewall, HostError, labNetwork, type Nic, type Sample } from '../experiment/index.js';
import { readProcessTicks, ticksSince } from '../host/index.js';
import type { Interruptions, ReceiverConfig } from '../native/contract.js';
import { watchInterruptions } from '../native/watch-interruptions.js';
import { Lab } from './lab.js';
import { SoftwareNic } from './software-nic.js';
import { type SendingWorker, Traffic } from './traffic.js';
import type { TrafficPlace } from './traffic-place.js';

/** What one micro-experiment showed. */
export interface MicroReading {
  /** Time inside sendmmsg for each packet; of the wire, its CPU time. */
  sendPacketNs: number;
  /** CPU time of the reader for each packet it read; null when it read none. */
  readNs: number | null;
  /** recvmmsg calls that each packet took. */
  callsPerPacket: number | null;
  deliveredPps: number;
  /** CPU time that other processes used meanwhile, as a share of one CPU. */
  otherCpuShare: number;
  /** Truesize of one datagram, from the buffer's filling; null when nothing was left queued. */
  truesizeBytes: number | null;
  /** CPU time of the thread that serves the NIC's queue for each packet it took from the ring; null where none can be seen. */
  queueNs: number | null;
  /** What a thread that never waits lost on the reader's CPU before the traffic; null where nobody watched. */
  interruptions: Interruptions | null;
}

/** One micro-experiment. */
export interface MicroRun {
  source: 'socket' | 'wire';
  /** Whether packets pass the software NIC, with one queue on the reader's CPU. */
  nic: boolean;
  /** Whether the wire's own CPU polls the receiving device; left out: false. */
  polled?: boolean;
  /** AF_XDP takes the packets off the NIC before the network stack. Left out: false. */
  takesFrames?: boolean;
  /** Left out: the article's. */
  firewall?: Firewall;
  destination: string;
  batchPackets: number;
  /** null floods. */
  offeredPps: number | null;
  seconds: number;
  /** `asleep`: bound but never reading; `later`: reads after the senders have ended; `awake`: reads all the time. */
  reader: 'asleep' | 'later' | 'awake';
  /** `own`: the one set aside for readers; `sender`: that of the sender; `other`: neither, where there is a third. */
  readerCpu: 'own' | 'sender' | 'other';
  readBatchPackets: number;
  bufferBytes: number | null;
  /** Whether the reader's CPU is watched for interruptions first. */
  watches: boolean;
}

/** Seconds for which a CPU is watched: some dozens of ticks. */
const watchS = 0.25;

/** A flood of single packets to a reader on a CPU of its own. */
export const flood: MicroRun = {
  source: 'socket',
  nic: false,
  destination: '192.168.254.1',
  batchPackets: 1024,
  offeredPps: null,
  seconds: 0.3,
  reader: 'awake',
  readerCpu: 'own',
  readBatchPackets: 512,
  bufferBytes: null,
  watches: false,
};
const wire: MicroRun = { ...flood, source: 'wire', seconds: 0.2, reader: 'asleep' };
const queued: MicroRun = { ...flood, batchPackets: 256, offeredPps: 100_000, seconds: 0.25, reader: 'later', bufferBytes: 64 << 20 };

/** The series: each differs from another in one thing, so that the difference is one cost. */
export const microRuns = {
  /** Sent, and dropped before the wire. */
  send: { ...flood, destination: Lab.sinkAddress, reader: 'asleep', watches: true },
  /** Sent up to a socket whose buffer is full. */
  drop: { ...flood, reader: 'asleep' },
  /** The same behind a hundred rules more. */
  dropBehindRules: { ...flood, reader: 'asleep', firewall: { ...articleFirewall, rules: articleFirewall.rules + 100 } },
  /** The same behind connection tracking. */
  dropTracked: { ...flood, reader: 'asleep', firewall: { ...articleFirewall, conntrack: true } },
  /** Sent into a socket with room, nobody waiting; read afterwards on another CPU. */
  enqueue: queued,
  /** The same, read on the CPU that queued them. */
  enqueueSameCpu: { ...queued, readerCpu: 'sender' },
  /** The same in calls of four messages, for the cost of a call. No committed configuration sends or reads four at a time. */
  enqueueInFours: { ...queued, batchPackets: 4, readerCpu: 'sender', readBatchPackets: 4 },
  /** One packet a call to a reader that sleeps before each. */
  wake: { ...flood, batchPackets: 1, offeredPps: 60_000 },
  /** Flood against a reader on another CPU. Its batch differs from every article configuration. */
  flood: { ...flood, batchPackets: 256, seconds: 0.6 },
  /** Made by the wire as fast as it goes, and dropped because the far end is down. */
  make: { ...wire, destination: Lab.sinkAddress },
  /** The same up to a socket whose buffer is full, through a device that the wire's own CPU polls. */
  pollDrop: { ...wire, polled: true },
} satisfies Record<string, MicroRun>;

export type MicroRunName = keyof typeof microRuns;

const port = 4321;
const sourcePort = 11404;
const payloadBytes = 32;
const oneQueue: Nic = {
  queues: 1,
  hashFields: ['sourceAddress', 'destinationAddress'],
  hashKey: null,
  observedQueues: {},
  ringPackets: 1024,
  queueCpus: {},
};

/** CPUs of a calibration. */
export interface MicroCpus {
  sender: number;
  reader: number;
  /** Neither of the two, or the sender's where there are only two. */
  other: number;
}

const shownNothing: MicroReading = {
  sendPacketNs: Number.NaN,
  readNs: null,
  callsPerPacket: null,
  deliveredPps: 0,
  otherCpuShare: 0,
  truesizeBytes: null,
  queueNs: null,
  interruptions: null,
};

/** Runs one micro-experiment. One of AF_XDP, or behind a firewall of its own, shows nothing on a machine that has none. */
export async function runMicro(lab: TrafficPlace, micro: MicroRun, cpus: MicroCpus): Promise<MicroReading> {
  lab.pollDevice(micro.polled ?? false);
  try {
    lab.filterBy(micro.firewall ?? articleFirewall);
    return await runOnNic(lab, micro, cpus);
  } catch (error) {
    if ((micro.takesFrames || micro.firewall) && error instanceof HostError) return shownNothing;
    throw error;
  }
}

async function runOnNic(lab: TrafficPlace, micro: MicroRun, cpus: MicroCpus): Promise<MicroReading> {
  const nic = micro.nic && lab instanceof Lab ? SoftwareNic.open(lab, oneQueue, [{ queue: 0, cpu: cpus.reader }], micro.takesFrames) : null;
  try {
    return await runTraffic(lab, micro, cpus, nic);
  } finally {
    nic?.close();
  }
}

function sendingWorker(lab: TrafficPlace, micro: MicroRun, cpu: number): SendingWorker {
  const sources = [0];
  const isSunk = micro.destination === Lab.sinkAddress;
  if (micro.source === 'wire') {
    const flows = [{ destination: micro.destination, sourcePort }];
    return {
      role: 'wire',
      sources,
      config: {
        cpu,
        device: isSunk ? Lab.sinkDevice : lab.sender.device,
        sourceMac: lab.sender.mac,
        destinationMac: lab.receiver.mac,
        sourceAddress: labNetwork.sender,
        destinationPort: port,
        payloadBytes,
        batchRuns: 64,
        sources: [{ flows, offeredPps: micro.offeredPps }],
      },
    };
  }
  const { destination, batchPackets, offeredPps } = micro;
  const thread = {
    cpu,
    destinations: [lab.addressOf(destination)],
    destinationPort: port,
    sourcePorts: [sourcePort],
    batchPackets,
    payloadBytes,
    offeredPps,
  };
  return { role: 'sender', sources, config: { threads: [thread] } };
}

async function runTraffic(lab: TrafficPlace, micro: MicroRun, cpus: MicroCpus, nic: SoftwareNic | null): Promise<MicroReading> {
  const receiver: ReceiverConfig = {
    layout: 'single',
    threads: [{ cpu: { own: cpus.reader, sender: cpus.sender, other: cpus.other }[micro.readerCpu] }],
    batchPackets: micro.readBatchPackets,
    address: '0.0.0.0',
    port,
    socketBufferBytes: micro.bufferBytes,
    workNs: 0,
    seconds: micro.seconds + 10,
    paused: micro.reader !== 'awake',
    // Nobody has to be woken by frames: what waking costs is known from another run.
    ...(nic?.frames ? { path: 'af-xdp', waiting: micro.reader === 'awake' ? 'spin' : 'block', ...nic.frames } : {}),
  };
  const traffic = await Traffic.open(lab, [sendingWorker(lab, micro, cpus.sender)], receiver, nic);
  try {
    const others = [process.pid, ...traffic.pids];
    const ticksBefore = readProcessTicks(others);
    const interruptions = micro.watches ? watchInterruptions(cpus.reader, watchS) : null;
    const before = await traffic.sample();
    await traffic.send(micro.seconds);
    await traffic.sent();
    const sent = await traffic.sample();
    const otherCpuShare = ticksSince(ticksBefore, others) / 100 / (micro.seconds + (micro.watches ? watchS : 0));
    const queuedBytes = await traffic.queuedBytes();
    if (micro.reader === 'later') await traffic.read();
    const after = micro.reader === 'asleep' ? sent : await traffic.drained();
    await traffic.close();
    return { ...reading(before, sent, after, queuedBytes, micro.seconds), otherCpuShare, interruptions };
  } catch (error) {
    traffic.kill();
    throw error;
  }
}

function reading(
  before: Sample,
  sent: Sample,
  after: Sample,
  queuedBytes: number,
  seconds: number,
): Omit<MicroReading, 'otherCpuShare' | 'interruptions'> {
  const [sender, reader] = [sent.senders[0], after.receivers[0]];
  const readBefore = before.receivers[0];
  if (!sender || !reader || !readBefore) throw new RangeError('runMicro: samples must hold one sender and one reader');
  const read = reader.packets - readBefore.packets;
  const inQueue =
    sent.kernel.receiverSnmp['Ip.InDelivers']! -
    before.kernel.receiverSnmp['Ip.InDelivers']! -
    (sent.kernel.receiverSnmp['Udp.InErrors']! - before.kernel.receiverSnmp['Udp.InErrors']!) -
    (sent.receivers[0]?.packets ?? 0);
  return {
    sendPacketNs: sender.busyNs / sender.packets,
    readNs: read > 0 ? (reader.cpuNs - readBefore.cpuNs) / read : null,
    callsPerPacket: read > 0 ? (reader.calls - readBefore.calls) / read : null,
    deliveredPps: read / seconds,
    queueNs: queueNs(before, sent),
    truesizeBytes: inQueue > 0 && queuedBytes > 0 ? Math.round(queuedBytes / inQueue) : null,
  };
}

function queueNs(before: Sample, sent: Sample): number | null {
  const [earlier, later] = [before.nicQueues?.[0], sent.nicQueues?.[0]];
  if (!earlier || !later || earlier.threadNs === null || later.threadNs === null) return null;
  return later.serviced > earlier.serviced ? (later.threadNs - earlier.threadNs) / (later.serviced - earlier.serviced) : null;
}
