import type { Placement, SourcePlacement } from './placement.js';

/** A field of the packet that an RSS hash reads. */
export type HashField = 'sourceAddress' | 'destinationAddress' | 'sourcePort' | 'destinationPort';

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
   * and needs a software NIC. Left out: the wire where the receive path is a software NIC, a socket everywhere else.
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
   * Queue of each entry of the RSS indirection table, a power of two of them; left out: the queues in turn, 128 entries or more.
   * @minItems 1
   * @maxItems 4096
   */
  indirectionTable?: QueueNumber[];
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

/** SO_BUSY_POLL. */
export interface BusyPoll {
  /**
   * Microseconds that a read polls the device before it sleeps.
   * @asType integer
   * @minimum 1
   * @maximum 10000
   */
  busyPollUs: number;
}

/** The receiving program: its threads, their sockets, and the work they do. */
export interface Receiver {
  /**
   * How packets reach the program: `socket`, recvmmsg; `io-uring`, multishot receives; `af-xdp`, frames taken before the network stack.
   * Left out: socket.
   */
  path?: 'socket' | 'io-uring' | 'af-xdp';
  /** System call of the path `socket`; left out: recvmmsg. */
  call?: 'recvmmsg' | 'recv';
  /** What a thread does when nothing waits: sleep, ask again at once, or let the kernel poll the device. Left out: block. */
  waiting?: 'block' | 'spin' | BusyPoll;
  /** UDP generic receive offload: one read may return several datagrams glued together. Left out: false. */
  gro?: boolean;
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
  /**
   * Whether each payload begins with a 64-bit sequence number and a 64-bit time stamp, from which loss, duplicates, reordering and latency are
   * read; needs 16 bytes of payload. Left out: false.
   */
  sequenced?: boolean;
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
