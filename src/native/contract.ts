import type { BusyPoll } from '../experiment/receiver.js';
import type { SequenceVerdict, ThreadCounters } from '../experiment/run.js';
import type { Bursts } from '../experiment/source.js';

/**
 * Everything that the native addon offers. TypeScript validates and C++ executes: reach these through `openSender`,
 * `openReceiver`, `openWire`, `openSoftwareNic`, `enterNamespace`, `writeNamespaceSysfs`, `setDeviceFeature`,
 * `pinThread`, `aluProbeNs` and `watchInterruptions`, which check their arguments first.
 * A system call that fails throws an Error with `code`, `errno` (negative, as Node's own) and `syscall`, such as
 * `bind EADDRINUSE 127.0.0.1:9000`.
 */
export interface NativeAddon {
  NativeSender: new (config: SenderConfig) => NativeSender;
  NativeReceiver: new (config: ReceiverConfig) => NativeReceiver;
  NativeWire: new (config: WireConfig) => NativeSender;
  NativeSoftwareNic: new (config: SoftwareNicConfig) => NativeSoftwareNic;
  /** Moves the calling thread into the network namespace at a path; threads that it creates later follow. */
  enterNamespace(path: string): void;
  /** Writes text into a sysfs file, by its path below /sys, as another network namespace sees it. The caller stays where it is. */
  writeNamespaceSysfs(namespacePath: string, path: string, text: string): void;
  /** Switches a feature of an interface in another network namespace, by the name that `ethtool -k` lists. */
  setDeviceFeature(namespacePath: string, device: string, feature: string, on: boolean): void;
  /** Binds the calling thread to a CPU; null frees it to use all. */
  pinThread(cpu: number | null): void;
  /** Nanoseconds of one iteration of a dependent ALU loop on the current CPU, measured over about 0.2 ms. */
  aluProbeNs(): number;
  /** Spins on the current CPU for so many seconds and adds up the time in which something else ran. Blocks the calling thread. */
  watchInterruptions(seconds: number): Interruptions;
  /** Ends the process by SIGALRM after whole seconds, even when JavaScript hangs; a later call replaces the earlier, 0 cancels. */
  dieAfter(seconds: number): void;
}

/** What a thread that never waited lost to ticks, to other threads and to the hypervisor. */
export interface Interruptions {
  /** How long it watched. */
  spunNs: number;
  /** Time in which something else ran. */
  lostNs: number;
  /** Length of each interruption of 0.1 ms or more. */
  stallsNs: number[];
}

/** Threads that send and what they count. Keep a reference while it runs: collecting it stops it. */
export interface NativeSender {
  /** Lets all threads go; each ends by itself after this many seconds, even when JavaScript hangs. Only the first call counts. */
  start(seconds: number): void;
  /** Tells all threads to end and returns at once. Harmless when repeated. */
  stop(): void;
  /** Blocks until all threads have ended: up to the deadline, or about 50 ms after stop(). Never returns if neither start() nor stop() was called. */
  join(): void;
  /** Whether all threads have ended. */
  finished(): boolean;
  /** Counters of now; they stay readable afterwards. */
  snapshot(): NativeSnapshot;
}

/** Threads that receive, their sockets, and what they count. Keep a reference while it runs: collecting it stops it. */
export interface NativeReceiver {
  /** Lets threads go that were opened `paused`; the deadline counts from here. Only the first call counts. */
  start(): void;
  /** Tells all threads to end and returns at once. Harmless when repeated. */
  stop(): void;
  /** Blocks like NativeSender.join, then closes the sockets; counters and socket readings keep their last values. */
  join(): void;
  /** Whether all threads have ended. */
  finished(): boolean;
  /** Counters of now; they stay readable afterwards. */
  snapshot(): NativeSnapshot;
  /** What each socket says of itself, in the order of the threads. */
  sockets(): SocketReading[];
  /** How packets have come so far, over all threads; stays readable afterwards. */
  arrivals(): ArrivalReading;
}

/** Cumulative counters of all threads, read together. */
export interface NativeSnapshot {
  /** Absolute CLOCK_MONOTONIC, nanoseconds: the same clock in all processes of a machine. */
  tNs: number;
  /** Latest that a paced batch left after it was due; 0 for floods and receivers. */
  latenessNs: number;
  threads: ThreadCounters[];
}

/** SO_MEMINFO of one socket. */
export interface SocketReading {
  /** Number of the socket, counted from 0. */
  socket: number;
  /** Packets dropped at this socket since it was opened. */
  dropped: number;
  /** sk_rcvbuf: bytes of truesize that may wait. */
  bufferBytes: number;
  /** Bytes of truesize that wait now. */
  queuedBytes: number;
  /** Truesize of one message, when all are alike; null while the readings of the queue do not prove it. */
  truesizeBytes: number | null;
  /** Only of an AF_XDP socket: XDP_STATISTICS, under the names of struct xdp_statistics. */
  xdpStatistics?: Record<string, number>;
}

/** Cumulative distributions of what a receiver read, each a list of pairs of a value and how often it came. */
export interface ArrivalReading {
  /** Messages that one call returned, and calls. A message is a datagram, with GRO a buffer that may hold several; 4096 stands for more too. */
  batches: [messages: number, calls: number][];
  /** Nanoseconds from a datagram's stamp to the end of the call that read it, rounded down by less than 1 %, and datagrams. Empty unless `sequenced`. */
  latencies: [ns: number, datagrams: number][];
  /** What the sequence numbers say; null unless `sequenced`. */
  sequence: SequenceVerdict | null;
}

export interface SenderConfig {
  threads: SenderThread[];
}

/** One sending thread. It has one connected socket for each pair of source port and destination and uses them in turn, a batch each, destinations first. */
export interface SenderThread {
  /** CPU that it is bound to; null leaves it to the scheduler. */
  cpu: number | null;
  /** IPv4 addresses. */
  destinations: string[];
  destinationPort: number;
  /** Ports that its sockets are bound to at 0.0.0.0; several threads may use the same. */
  sourcePorts: number[];
  /** Messages in one sendmmsg call, 1 to 1024. */
  batchPackets: number;
  /** UDP payload of zeros, 0 to 65507. */
  payloadBytes: number;
  /** Packets per second of this thread on an open-loop schedule; null floods. After a stall it catches up at twice the pace at most. */
  offeredPps: number | null;
  /** How its batches lie in time when it is paced; constant unless said. */
  arrivals?: 'constant' | 'poisson' | Bursts;
  /** Of the random gaps, 0 to 2^53 - 1; 0 unless said. */
  seed?: number;
  /** Datagrams of `payloadBytes` in one message, 2 to 128 (UDP GSO); a message is one datagram unless said. */
  segments?: number;
  /** Whether each payload begins with 16 bytes of stamp: flow and sequence number, and the intended time of sending. A flow is a socket. */
  sequenced?: boolean;
}

/**
 * The in-kernel source, which stands for another machine's network card: one thread that makes the packets of all sources, on a veth
 * whose far end has an XDP program. Its packets carry no UDP checksum, and no more payload than the device's MTU allows.
 */
export interface WireConfig {
  /** CPU that it is bound to and takes whole; null leaves it to the scheduler. */
  cpu: number | null;
  /** Interface of its network namespace. */
  device: string;
  sourceMac: string;
  destinationMac: string;
  sourceAddress: string;
  destinationPort: number;
  /** UDP payload of zeros, 0 to 1472; 16 at least when `sequenced`. */
  payloadBytes: number;
  /** Runs of the program between two flushes to the far end, 1 to 64; a packet waits for the flush. */
  batchRuns: number;
  /**
   * Whether what is late leaves back to back; false unless said: at twice the source's pace. Where the wire's own CPU takes the packets in, each flush
   * makes the wire late, and nothing but back to back would ever make up for it.
   */
  catchesUpAtOnce?: boolean;
  /**
   * Whether each payload begins with 16 bytes of stamp as a program's does, see SenderThread; false unless said. Its flows are numbered in the
   * order of the sources; a skipped packet takes no number.
   */
  sequenced?: boolean;
  /** Number of its first flow in those stamps, so that flows of programs beside it have others; 0 unless said. */
  firstFlow?: number;
  sources: WireSource[];
}

/** One source of the wire; its packets belong to its flows in turn. */
export interface WireSource {
  flows: { destination: string; sourcePort: number }[];
  /**
   * Packets per second on an open-loop schedule; null floods. A packet that could not leave within 1 ms of its time is skipped and never sent;
   * what is less late is caught up with.
   */
  offeredPps: number | null;
}

/** A multi-queue network card made of XDP programs on a veth. Keep a reference while it is needed: collecting it closes it. */
export interface NativeSoftwareNic {
  /** Number of the XSKMAP that an AF_XDP receiver enters, see ReceiverConfig.socketMapNumber; null where no queue has a socket. */
  socketMapNumber(): number | null;
  /** Counters of now, one entry a queue; none after close(). */
  queues(): SoftwareNicQueue[];
  /** Detaches it; packets then reach the network stack without it. Harmless when repeated. */
  close(): void;
}

/** Cumulative counters of one queue. What was offered and not serviced was dropped at the ring, or lies in it still. */
export interface SoftwareNicQueue {
  queue: number;
  cpu: number;
  /** The kernel thread that serves the queue is called `cpumap/CPU/map:NUMBER`; 0 for a queue that has a socket, and so no thread. */
  mapNumber: number;
  /** Packets that the hash or a rule sent to the queue. */
  offered: number;
  /** Packets taken out of the ring. */
  serviced: number;
}

/** A queue and the CPU that serves it. */
export interface SoftwareNicQueueConfig {
  queue: number;
  cpu: number;
  /** Its frames go into an AF_XDP socket, on the CPU that sends them, instead of a ring. */
  hasSocket?: boolean;
}

export interface SoftwareNicConfig {
  /** Path of the network namespace, and the veth inside it. */
  namespace: string;
  device: string;
  /**
   * Contribution of each value of each hashed byte to the Toeplitz hash, 12 times 256 numbers: source address, destination address,
   * source port, destination port; zeros for a field that does not count.
   */
  hashOfByte: Uint32Array;
  /** Queue of each entry, a power of two of them, at most 4096. */
  indirectionTable: number[];
  /** The queues that packets may reach, 1 to 1024 of them, and the CPU that serves each; packets of any other queue go past the NIC. */
  queues: SoftwareNicQueueConfig[];
  /** Packets that a ring holds, 1 to 16384. */
  ringPackets: number;
  /** Queues of destination addresses that the hash shall not decide. */
  rules: { destination: string; queue: number }[];
}

export interface ReceiverConfig {
  /** One socket for the one thread, one socket that all threads read, or one SO_REUSEPORT socket a thread. */
  layout: 'single' | 'shared' | 'reuseport';
  /** One entry a reading thread: the CPU that it is bound to; null leaves it to the scheduler. */
  threads: { cpu: number | null }[];
  /** How packets reach a thread; `socket` unless said. `af-xdp` takes frames before the network stack, with layout `single` only. */
  path?: 'socket' | 'io-uring' | 'af-xdp';
  /** For the path `af-xdp`: interface whose first queue it takes, driven by a driver with XDP. */
  device?: string;
  /** For the path `af-xdp`: the XSKMAP of a program that is on the device already, such as a software NIC; without it the receiver brings its own. */
  socketMapNumber?: number;
  /** System call of the path `socket`; recvmmsg unless said. */
  call?: 'recvmmsg' | 'recv';
  /** Sleeps (`block`, unless said), asks again at once, or has the kernel poll the device before it sleeps; the last only with the path `socket`. */
  waiting?: 'block' | 'spin' | BusyPoll;
  /** UDP_GRO: one message may hold several datagrams; only with recvmmsg. */
  gro?: boolean;
  /** Follows the stamps of payloads. */
  sequenced?: boolean;
  /** Messages that one recvmmsg call may return, 1 to 1024. */
  batchPackets: number;
  /** IPv4 address to bind. */
  address: string;
  port: number;
  /** Longest payload expected; buffers have at least the article's 1920 bytes and cut what is longer. */
  payloadBytes?: number;
  /** sk_rcvbuf, an odd number is rounded down; null keeps net.core.rmem_default. EPERM when the kernel grants less. */
  socketBufferBytes: number | null;
  /** For layout `reuseport`: which socket takes the packets of which CPU, those of other CPUs by the kernel's hash; without it the hash decides for all. */
  steering?: SteeringRule[];
  /** Nanoseconds of busy work on each packet, done after each batch in the CPU time of the reading thread. */
  workNs: number;
  /** Every thread ends by itself after this time. */
  seconds: number;
  /** Bind now, but read only after start(). */
  paused: boolean;
}

/** Packets whose softirq runs on `cpu` go to the socket of this number, counted from 0 in the order of the threads. */
export interface SteeringRule {
  cpu: number;
  socket: number;
}
