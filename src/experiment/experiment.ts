import type { Placement, SourcePlacement } from './placement.js';

/** A field of the packet that an RSS hash reads. */
export type HashField = 'sourceAddress' | 'destinationAddress' | 'sourcePort' | 'destinationPort';

/** One sending thread: what it sends, how fast, and where it runs on the sending host. */
export interface Source {
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

/** The receiver's network interface: how packets are spread over queues and which CPU serves each queue. */
export interface Nic {
  /**
   * Number of RX queues.
   * @asType integer
   * @minimum 1
   * @maximum 1024
   * @default 1
   */
  queues: number;
  /**
   * Fields that the RSS hash reads.
   * @minItems 1
   * @uniqueItems true
   * @default ["sourceAddress","destinationAddress"]
   */
  hashFields: HashField[];
  /**
   * RSS key in hexadecimal, 16 to 52 bytes; null when nobody knows it (drivers draw one at boot).
   * @pattern ^([0-9a-f]{2}){16,52}$
   * @default null
   */
  hashKey: string | null;
  /**
   * Queue that each destination address was seen to reach; overrides the hash where the key is unknown.
   * @default {}
   */
  observedQueues: Record<string, QueueNumber>;
  /**
   * Descriptors in each RX ring.
   * @asType integer
   * @minimum 1
   * @default 1024
   */
  ringPackets: number;
  /**
   * CPU that serves each queue; a queue missing here is served by the CPU of its own number, as irqbalance-off hosts do.
   * @default {}
   */
  queueCpus: Record<string, CpuNumber>;
}

/** The receiving program: its threads, their sockets, and the work they do. */
export interface Receiver {
  /**
   * One socket for one thread, one socket shared by all threads, or one SO_REUSEPORT socket a thread.
   * @default "single"
   */
  layout: 'single' | 'shared' | 'reuseport';
  /**
   * Where each reading thread runs; one entry a thread.
   * @minItems 1
   * @default [{"role":"queue-node","queue":0,"index":0}]
   */
  placements: Placement[];
  /**
   * Messages that one recvmmsg call may return.
   * @default 512
   * @asType integer
   * @minimum 1
   * @maximum 1024
   */
  batchPackets: number;
  /**
   * Bytes of truesize that a socket may hold (sk_rcvbuf); null keeps the host's net.core.rmem_default.
   * @default null
   */
  socketBufferBytes: BufferBytes | null;
  /**
   * Nanoseconds of application work on each packet, burnt by the reading thread.
   * @minimum 0
   * @default 0
   */
  workNs: number;
  /**
   * How SO_REUSEPORT picks a socket: by the kernel's hash of the flow, or by the CPU that runs the softirq (one socket a queue).
   * @default "hash"
   */
  steering: 'hash' | 'queue';
  /**
   * Socket that each destination address was seen to reach; overrides the hash, whose secret is drawn at boot.
   * @default {}
   */
  observedSockets: Record<string, SocketNumber>;
  /** @default 4321 */
  port: Port;
}

/** What is sent and how it is received: the one question that predict, simulate and measure answer. */
export interface Experiment {
  /**
   * Lower-case letters, digits and hyphens, at most 64, beginning with a letter or digit.
   * @pattern ^[a-z0-9][a-z0-9-]{0,63}$
   */
  id: string;
  /**
   * One line for people.
   * @default ""
   */
  title: string;
  /**
   * Sending threads.
   * @minItems 1
   * @maxItems 64
   * @default [{}]
   */
  sources: Source[];
  /**
   * UDP payload of each packet.
   * @asType integer
   * @minimum 0
   * @maximum 65507
   * @default 32
   */
  payloadBytes: number;
  /** @default {} */
  nic: Nic;
  /** @default {} */
  receiver: Receiver;
  /**
   * Length of the measured window.
   * @exclusiveMinimum 0
   * @maximum 3600
   * @default 2
   */
  durationS: number;
  /**
   * Traffic before the measured window.
   * @minimum 0
   * @maximum 600
   * @default 0.5
   */
  warmUpS: number;
  /**
   * How often a study repeats it.
   * @asType integer
   * @minimum 1
   * @maximum 1000
   * @default 3
   */
  repeats: number;
  /**
   * Fields whose value the source of the experiment does not state, as paths such as `receiver.socketBufferBytes`, each with the reason for the value chosen.
   * @default {}
   */
  assumed: Record<string, string>;
}

/**
 * An IPv4 address in dotted form.
 * @pattern ^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$
 */
export type IPv4Address = string;

/**
 * Size of a socket buffer.
 * @asType integer
 * @minimum 2304
 * @maximum 2147483647
 */
export type BufferBytes = number;

/**
 * A UDP port.
 * @asType integer
 * @minimum 1
 * @maximum 65535
 */
export type Port = number;

/**
 * @asType integer
 * @minimum 0
 * @maximum 1023
 */
export type QueueNumber = number;

/**
 * @asType integer
 * @minimum 0
 * @maximum 1023
 */
export type SocketNumber = number;

/**
 * @asType integer
 * @minimum 0
 * @maximum 8191
 */
export type CpuNumber = number;
