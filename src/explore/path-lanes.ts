import type { Experiment, Host, Outcome } from '../experiment/index.js';
import { mm1k } from '../model/formulas/mm1k.js';
import { plan } from '../model/plan/plan.js';
import { socketBufferPackets } from '../model/stages/socket-buffer.js';

/** One RX queue and the CPU that serves it. */
export interface QueueLane {
  queue: number;
  cpu: number;
  offeredPps: number;
  servicedPps: number;
  /** Share of the CPU's time in softirq. */
  busy: number;
  /** Share of the ring that is taken on average. */
  fill: number;
  /** Socket that its packets reach. */
  socket: number;
}

/** One thread that reads. */
export interface ReaderLane {
  cpu: number;
  deliveredPps: number;
  /** Share of the CPU's time in reading and in the application. */
  busy: number;
  /** The part of `busy` that is the application's own work. */
  working: number;
}

/** One socket and who reads it. */
export interface SocketLane {
  offeredPps: number;
  deliveredPps: number;
  fill: number;
  readers: ReaderLane[];
}

/** Where packets go, place by place. */
export interface PathLanes {
  offeredPps: number;
  deliveredPps: number;
  senders: number;
  ringPackets: number;
  bufferPackets: number;
  queues: QueueLane[];
  sockets: SocketLane[];
}

/** Losses below this share of what is offered are rounding of the solver. */
const noticeable = 1e-5;

/** A predicted outcome as the places of its picture. */
export function pathLanes(experiment: Experiment, host: Host, outcome: Outcome): PathLanes {
  const { flows, readerCpus } = plan(experiment, host);
  const { nic, receiver, payloadBytes, sources } = experiment;
  const bufferPackets = socketBufferPackets(receiver.socketBufferBytes, payloadBytes, host);
  const timeOf = (cpu: number | null) => outcome.cpus.find((shares) => shares.cpu === cpu) ?? { softirq: 0, system: 0, user: 0 };
  const isLost = (offeredPps: number, keptPps: number) => offeredPps - keptPps > noticeable * (outcome.offeredPps ?? 0);
  return {
    offeredPps: outcome.offeredPps ?? 0,
    deliveredPps: outcome.deliveredPps,
    senders: sources.length,
    ringPackets: nic.ringPackets,
    bufferPackets,
    queues: outcome.queues.map(({ queue, cpu, offeredPps, servicedPps }) => {
      const busy = timeOf(cpu).softirq;
      return {
        queue,
        cpu: cpu ?? 0,
        offeredPps,
        servicedPps,
        busy,
        fill: fillOf(busy, nic.ringPackets, isLost(offeredPps, servicedPps)),
        socket: flows.find((flow) => flow.queue === queue)?.socket ?? 0,
      };
    }),
    sockets: outcome.sockets.map(({ socket, offeredPps, deliveredPps }) => {
      const cpus = outcome.sockets.length === 1 ? readerCpus : readerCpus.slice(socket, socket + 1);
      const readers = cpus.map((cpu) => {
        const { system, user } = timeOf(cpu);
        return { cpu: cpu ?? 0, deliveredPps: deliveredPps / cpus.length, busy: system + user, working: user };
      });
      const busy = readers.reduce((sum, reader) => sum + reader.busy, 0) / readers.length;
      return { offeredPps, deliveredPps, fill: fillOf(busy, bufferPackets, isLost(offeredPps, deliveredPps)), readers };
    }),
  };
}

/** Mean share of a queue's places that is taken, as if packets came at random; a queue that loses packets is full. */
function fillOf(busy: number, places: number, isLosing: boolean): number {
  return isLosing ? 1 : mm1k(Math.min(busy, 0.9999), places).meanInSystem / places;
}
