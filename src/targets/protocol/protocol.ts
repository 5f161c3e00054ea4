import type { Host, InterfaceName, IPv4Address, KernelCounters, NetworkAddress, Port, Run, ThreadCounters, Tuning } from '../../experiment/index.js';

/** Raised whenever a message changes its meaning. */
export const protocolVersion = 1;

/** IPv4 and UDP headers of a packet, which leases count with its payload. */
export const headerBytes = 28;

/** What a receiver allows a sender; without one nothing is sent. */
export interface Lease {
  /**
   * Drawn anew for each lease.
   * @pattern ^[0-9a-f]{32}$
   */
  token: string;
  /** @maxItems 64 */
  addresses: IPv4Address[];
  port: Port;
  /**
   * Addresses that may send.
   * @maxItems 4096
   */
  sources: IPv4Address[];
  /** Packets per second of all senders together. */
  maxPps: number;
  maxSeconds: number;
  /** Payload and 28 bytes of headers a packet. */
  maxBytes: number;
}

/** Settings of native threads; the native door checks them, so that this one need not know them. */
export type NativeSettings = Record<string, unknown>;

/** What the controlling side asks; one JSON line each, answered by a Reply of the same id, in any order. */
export type Request =
  | { id: RequestId; verb: 'clock' }
  | { id: RequestId; verb: 'describe'; interface: InterfaceName }
  /** Takes the host's measurement lock, so that nobody else measures there. */
  | { id: RequestId; verb: 'reserve' }
  /** Makes the changes that a run wants and the hosts file allows; each is journalled first and taken back when this link ends. */
  | { id: RequestId; verb: 'tune'; interface: InterfaceName; allow: Tuning[]; wishes: TuningWishes }
  /** Opens the receiving sockets and grants a lease on the terms. */
  | { id: RequestId; verb: 'receive'; interface: InterfaceName; terms: LeaseTerms; config: NativeSettings }
  /** Opens the sending sockets; refuses what the lease or the network does not allow. */
  | { id: RequestId; verb: 'send'; interface: InterfaceName; lease: Lease; allowRouted: boolean; config: NativeSettings }
  /** Starts the sending threads at an instant of this host's monotonic clock. */
  | { id: RequestId; verb: 'start'; seconds: number; atNs: number }
  /** Asks the receiver for a sign of life. */
  | { id: RequestId; verb: 'pulse' }
  /** Passes the receiver's sign of life on to a sender, which stops without one. */
  | { id: RequestId; verb: 'renew'; token: string; pulse: number }
  /** Reads all counters at an instant of this host's monotonic clock, or now when it has passed. */
  | { id: RequestId; verb: 'sample'; atNs: number }
  /** Waits until no packet arrives any more, then samples. */
  | { id: RequestId; verb: 'drain' }
  /** Ends the threads and gives the final reading. */
  | { id: RequestId; verb: 'stop' };

/** @asType integer */
export type RequestId = number;

/** What the controlling side asks a receiver to allow. */
export type LeaseTerms = Omit<Lease, 'token'>;

/** What a run wants a host to be like. */
export interface TuningWishes {
  addresses?: NetworkAddress[];
  /** Lets packets of these senders through, untracked. */
  firewall?: { port: Port; sources: IPv4Address[] };
  channels?: number;
  ringPackets?: number;
  /** As ethtool names them: s and d for the addresses, f and n for the ports. */
  hashFields?: string;
  hashKey?: string;
  /** Queues in turn over so many rings. */
  spreadOver?: number;
  rxUsecs?: number;
  /** CPU of the interrupt of each queue. */
  queueCpus?: { queue: number; cpu: number }[];
  rpsCpu?: number;
  governor?: string;
  sysctls?: Record<string, number>;
}

/** What comes back for each verb. */
export interface Answers {
  clock: { monotonicNs: number; wallMs: number };
  describe: HostDescription;
  reserve: Record<string, never>;
  tune: { changes: string[] };
  receive: { lease: Lease };
  send: Record<string, never>;
  start: Record<string, never>;
  pulse: { pulse: number };
  renew: Record<string, never>;
  sample: Reading;
  drain: Reading;
  stop: Reading;
}

/** Every line from a host: a greeting first, then replies, and at any time that it stopped by itself. */
export type Message =
  | Hello
  | { id: RequestId; answer: unknown }
  | { id: RequestId; error: { code: string; message: string } }
  | { event: 'stopped'; reason: string };

export interface Hello {
  event: 'hello';
  protocol: number;
  kit: string;
  /** Of the kit's files over there. */
  digest: string | null;
  /** Changes of dead runs that were taken back just now. */
  undone: number;
  /** Runs of others that are in progress over there. */
  busy: number;
}

/** What a host says of itself. */
export interface HostDescription {
  host: Host;
  facts: Run['facts'];
  versions: Run['versions'];
  isRoot: boolean;
  /** Programs of the host that changes need, and whether they are there. */
  programs: Record<string, boolean>;
  nic: NicFacts | null;
  /** Interfaces that carry this connection. */
  controlInterfaces: string[];
  /** In the folder of the kit. */
  freeBytes: number;
}

/** A network interface. */
export interface NicFacts {
  interface: InterfaceName;
  driver: string | null;
  mtuBytes: number;
  carrier: boolean;
  speedMbps: number | null;
  node: number | null;
  rxQueues: number;
  addresses: NetworkAddress[];
}

/** Cumulative counters of one host at one instant. */
export interface Reading {
  /** The host's own monotonic clock. */
  tNs: number;
  threads: ThreadCounters[];
  sockets: Run['sockets'];
  snmp: Record<string, number>;
  device: Record<string, number>;
  softnet: KernelCounters['softnet'];
  cpuTicks: KernelCounters['cpuTicks'];
  /** Ticks that processes other than the kit's have used since the first reading. */
  otherTicks: number;
  /** Whether the threads have ended. */
  isDone: boolean;
}
