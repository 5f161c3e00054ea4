import type { SourcePlacement } from './placement.js';
import type { IPv4Address, Port } from './scalars.js';

/** UDP generic segmentation offload: one message carries several datagrams, and somebody cuts them apart. */
export interface Segmentation {
  /**
   * Datagrams in one message.
   * @asType integer
   * @minimum 2
   * @maximum 128
   */
  segments: number;
  /** `device`: cut before the wire, so that single packets cross it; `receiver`: cut by the receiving UDP layer, so that one buffer crosses it. */
  cutBy: 'device' | 'receiver';
}

/** Bursts: packets at the source's pace while on, silence while off; `offeredPps` stays the mean. */
export interface Bursts {
  /**
   * Milliseconds of sending.
   * @exclusiveMinimum 0
   * @maximum 10000
   */
  onMs: number;
  /**
   * Milliseconds of silence.
   * @exclusiveMinimum 0
   * @maximum 10000
   */
  offMs: number;
}

/** One sending thread: what it sends, how fast, and where it runs on the sending host. */
export interface Source {
  /**
   * Who makes the packets: `socket`, a program that calls sendmmsg; `wire`, the lab's in-kernel source, which stands for another machine
   * and goes with a software NIC, or with a veth whose device is polled on the wire's own CPU. Left out: the wire where the receive path is a
   * software NIC, a socket everywhere else.
   */
  kind?: 'socket' | 'wire';
  /** Left out: every message is one datagram. Only for sockets. */
  segmentation?: Segmentation;
  /** Gaps between the batches of a paced source; left out: constant. Only for sockets. */
  arrivals?: 'constant' | 'poisson' | Bursts;
  /**
   * Where it runs on the sending host.
   * @default {"role":"sender-core","index":0}
   */
  placement: SourcePlacement;
  /**
   * IPv4 addresses of the receiver, used in turn, one a batch.
   * @minItems 1
   * @default ["192.168.254.1"]
   */
  destinations: IPv4Address[];
  /**
   * UDP source ports, used in turn, one a batch. A single port means a single flow for each destination.
   * @minItems 1
   * @default [11404]
   */
  sourcePorts: Port[];
  /**
   * Messages in one sendmmsg call.
   * @default 1024
   * @asType integer
   * @minimum 1
   * @maximum 1024
   */
  batchPackets: number;
  /**
   * Packets per second on an open-loop schedule; null floods as fast as the core can.
   * @minimum 0.001
   * @default null
   */
  offeredPps: number | null;
}
