import type { Sample } from '../experiment/index.js';
import { readProcessTicks, ticksSince } from '../host/index.js';
import type { ReceiverConfig, SenderConfig } from '../native/contract.js';
import { Lab } from './lab.js';
import { Traffic } from './traffic.js';

/** What one micro-experiment showed. */
export interface MicroReading {
  /** Time inside sendmmsg for each packet. */
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
}

interface MicroRun {
  destination: string;
  batchPackets: number;
  /** null floods. */
  offeredPps: number | null;
  seconds: number;
  /** `asleep`: bound but never reading; `later`: reads after the senders have ended; `awake`: reads all the time. */
  reader: 'asleep' | 'later' | 'awake';
  readerCpu: 'own' | 'sender';
  readBatchPackets: number;
  bufferBytes: number | null;
}

const base: MicroRun = {
  destination: '192.168.254.1',
  batchPackets: 1024,
  offeredPps: null,
  seconds: 0.3,
  reader: 'awake',
  readerCpu: 'own',
  readBatchPackets: 512,
  bufferBytes: null,
};
const queued: MicroRun = { ...base, batchPackets: 256, offeredPps: 100_000, seconds: 0.25, reader: 'later', bufferBytes: 64 << 20 };

/** The series: each differs from another in one thing, so that the difference is one cost. */
export const microRuns = {
  /** Sent, and dropped before the wire. */
  send: { ...base, destination: Lab.sinkAddress, reader: 'asleep' },
  /** Sent up to a socket whose buffer is full. */
  drop: { ...base, reader: 'asleep' },
  /** Sent into a socket with room, nobody waiting; read afterwards on another CPU. */
  enqueue: queued,
  /** The same, read on the CPU that queued them. */
  enqueueSameCpu: { ...queued, readerCpu: 'sender' },
  /** The same in calls of four messages, for the cost of a call. No committed configuration sends or reads four at a time. */
  enqueueInFours: { ...queued, batchPackets: 4, readerCpu: 'sender', readBatchPackets: 4 },
  /** One packet a call to a reader that sleeps before each. */
  wake: { ...base, batchPackets: 1, offeredPps: 60_000 },
  /** Flood against a reader on another CPU. Its batch differs from every article configuration. */
  flood: { ...base, batchPackets: 256, seconds: 0.6 },
} satisfies Record<string, MicroRun>;

export type MicroRunName = keyof typeof microRuns;

const port = 4321;

/** Runs one micro-experiment. @param cpus CPU of the sender and CPU of a reader on its own */
export async function runMicro(lab: Lab, name: MicroRunName, cpus: { sender: number; reader: number }): Promise<MicroReading> {
  const micro: MicroRun = microRuns[name];
  const sender: SenderConfig = {
    threads: [
      {
        cpu: cpus.sender,
        destinations: [micro.destination],
        destinationPort: port,
        sourcePorts: [11404],
        batchPackets: micro.batchPackets,
        payloadBytes: 32,
        offeredPps: micro.offeredPps,
      },
    ],
  };
  const receiver: ReceiverConfig = {
    layout: 'single',
    threads: [{ cpu: micro.readerCpu === 'own' ? cpus.reader : cpus.sender }],
    batchPackets: micro.readBatchPackets,
    address: '0.0.0.0',
    port,
    socketBufferBytes: micro.bufferBytes,
    workNs: 0,
    seconds: micro.seconds + 10,
    paused: micro.reader !== 'awake',
  };
  const traffic = await Traffic.open(lab, [{ role: 'sender', config: sender, sources: [0] }], receiver);
  try {
    const before = await traffic.sample();
    const others = [process.pid, ...traffic.pids];
    const ticksBefore = readProcessTicks(others);
    await traffic.send(micro.seconds);
    await traffic.sent();
    const sent = await traffic.sample();
    const otherCpuShare = ticksSince(ticksBefore, others) / 100 / micro.seconds;
    const queuedBytes = await traffic.queuedBytes();
    if (micro.reader === 'later') await traffic.read();
    const after = micro.reader === 'asleep' ? sent : await traffic.drained();
    await traffic.close();
    return { ...reading(before, sent, after, queuedBytes, micro.seconds), otherCpuShare };
  } catch (error) {
    traffic.kill();
    throw error;
  }
}

function reading(before: Sample, sent: Sample, after: Sample, queuedBytes: number, seconds: number): Omit<MicroReading, 'otherCpuShare'> {
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
    truesizeBytes: inQueue > 0 && queuedBytes > 0 ? Math.round(queuedBytes / inQueue) : null,
  };
}
