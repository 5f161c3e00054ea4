import type { Firewall } from '../../experiment/firewall.js';
import type { ReceivePath } from '../../experiment/host.js';
import type { ReaderDistance } from '../stages/hand-over.js';
import type { SoftirqLimits } from '../stages/softirq-limits.js';

/**
 * A plan without unknowns, as the equations see it: who charges which processor with what. Processors, sockets and flows
 * are numbered in the order in which they are met, so that plans that differ only in names give equal scenarios.
 */
export interface Scenario {
  receivePath: ReceivePath;
  /** Most packets per second that the wire carries; infinite where there is none. */
  wirePps: number;
  bufferPackets: number;
  workNs: number;
  /** Left out where it is the one behind which the host's costs were measured. */
  firewall?: Firewall;
  /** Messages that one call of a reader may return. */
  readerBatchPackets: number;
  sources: ScenarioSource[];
  flows: ScenarioFlow[];
  sockets: ScenarioSocket[];
  processors: ScenarioProcessor[];
  /** Only on a physical NIC. */
  softirq?: SoftirqLimits;
  /** Only on a software NIC. */
  nic?: ScenarioNic;
}

/** What a software NIC adds: rings that threads serve, and threads that share their CPUs in turns. */
export interface ScenarioNic {
  rings: ScenarioRing[];
  /** Readers ask again at once instead of sleeping. */
  spins: boolean;
}

/** The ring of one queue and the CPU of the thread that serves it. */
export interface ScenarioRing {
  processor: number;
  packets: number;
}

/** A sending thread. */
export interface ScenarioSource {
  /** Index of its processor; null when it runs on another machine. */
  processor: number | null;
  /** Clock of its core there, from turboRatio(); 1 here, where the processor has one. */
  clock: number;
  /** Packets per second that it is scheduled to send; null for a flood. */
  offeredPps: number | null;
  /** Packets that go to one flow before the next has its turn, and turns until the first has it again. */
  batchPackets: number;
  turns: number;
  /** Only on a software NIC: the wire makes its packets, and how they are paced is either the experiment's or a sending core's worth. */
  wire?: 'paced' | 'flood';
}

/** Packets of one source that meet the same CPU and the same socket. */
export interface ScenarioFlow {
  source: number;
  /** Share of the source's packets, and of those that go to its flows before this one in each cycle. */
  share: number;
  turnStart: number;
  /** Index of the processor that runs the softirq. */
  processor: number;
  /** The softirq runs inside the sender's sendmmsg. */
  inline: boolean;
  socket: number;
  /** The mean over the socket's readers. */
  distance: ReaderDistance;
  /** Only on a software NIC: index of its ring. */
  ring?: number;
}

/** A socket that packets reach. */
export interface ScenarioSocket {
  /** Distinct processors that fill it. */
  producers: number;
  /** Index of the processor of each reading thread. */
  readers: number[];
}

/** A CPU that the scenario uses. */
export interface ScenarioProcessor {
  /** Nodes are numbered in the order in which they are met. */
  node: number;
  /** Relative to one active core alone, from turboRatio(). */
  clock: number;
  /** Indices of the processors that are hyper-threads of the same core. */
  siblings: number[];
  /** Sending threads on it. */
  sources: number[];
  /** Reading threads on it that get packets. */
  readers: number;
}
