import type { Experiment } from './experiment.js';
import type { CpuSpeed, Host } from './host.js';
import type { Outcome } from './outcome.js';
import type { Plan } from './plan.js';

/** Cumulative counters of one thread, as the native code counted them. */
export interface ThreadCounters {
  packets: number;
  /** UDP payload. */
  bytes: number;
  /** sendmmsg calls, or receiving calls that returned packets. */
  calls: number;
  /** Calls that failed; a receiver's time-outs are not failures. */
  errors: number;
  /** CPU time of the thread, system and user. */
  cpuNs: number;
  /** Wall time inside sendmmsg; equal to cpuNs for a receiver, whose calls also wait for packets. */
  busyNs: number;
  /** How often the thread left its CPU because it waited; missing in records older than the field. */
  voluntarySwitches?: number;
  /** How often it left its CPU because another was due; missing in records older than the field. */
  involuntarySwitches?: number;
  /** Packets of a wire's schedule that could not leave within 1 ms of their time and were therefore never offered; only of wires. */
  skipped?: number;
}

/** What sequence numbers in the payloads say, from the first packet to the drain. */
export interface SequenceVerdict {
  received: number;
  /** Numbers below the highest of a flow that never came; what was lost behind it cannot be seen. */
  missing: number;
  duplicated: number;
  /** Came after a higher number of the same flow (RFC 4737, section 3.3). */
  reordered: number;
  /** Payloads without a number. */
  unstamped: number;
}

/** Times from the intended sending of a datagram to the end of the call that read it, over the measured window. */
export interface Latency {
  packets: number;
  minNs: number;
  meanNs: number;
  p50Ns: number;
  p90Ns: number;
  p99Ns: number;
  p999Ns: number;
  maxNs: number;
  /** Buckets below 1 % wide: shortest time and packets, from which other quantiles follow. */
  buckets: [ns: number, packets: number][];
}

/** Cumulative counters of the kernel, read at one instant, under the kernel's own names. */
export interface KernelCounters {
  /** `Udp:` and `Ip:` of /proc/net/snmp in the sender's namespace. */
  senderSnmp: Record<string, number>;
  receiverSnmp: Record<string, number>;
  /** /proc/net/dev of the sending and the receiving interface. */
  senderDevice: Record<string, number>;
  receiverDevice: Record<string, number>;
  /** XDP_STATISTICS of an AF_XDP receiver; missing where packets reach the network stack. */
  receiverXdp?: Record<string, number>;
  /** One row a CPU: processed, dropped, timeSqueeze, receivedRps. */
  softnet: { cpu: number; processed: number; dropped: number; timeSqueeze: number; receivedRps: number }[];
  /** Ticks of /proc/stat, one row a CPU. */
  cpuTicks: { cpu: number; user: number; system: number; softirq: number; irq: number; idle: number; iowait: number; steal: number }[];
}

/**
 * Cumulative counters of one RX queue of the software NIC. What was offered and not serviced was dropped at the ring (rx_nodesc_drop_cnt on
 * real NICs), or lies in it still.
 */
export interface NicQueueCounters {
  queue: number;
  /** CPU that serves it. */
  cpu: number;
  /** Packets that the hash or a steering rule sent to the queue. */
  offered: number;
  /** Packets taken out of the ring: `rx-N.rx_packets` on real NICs. */
  serviced: number;
  /** CPU time of the kernel thread that serves the queue; null where that cannot be seen. */
  threadNs: number | null;
}

/** One reading of everything during a run; the counters are cumulative. */
export interface Sample {
  /** Nanoseconds since the start of the run. */
  tNs: number;
  senders: ThreadCounters[];
  receivers: ThreadCounters[];
  kernel: KernelCounters;
  /** Queues of the software NIC; missing where packets take another path. */
  nicQueues?: NicQueueCounters[];
}

/** One machine of a run on several. */
export interface RunHost {
  role: 'receiver' | 'sender';
  /** Its label in the hosts file. */
  name: string;
  facts: Record<string, string | number | null>;
  versions: { kit: string; node: string; kernel: string };
  /** Of its test interface: driver, mtuBytes, rxQueues, speedMbps. */
  nic: Record<string, string | number | null>;
  /** Its wall clock minus that of the machine that led the run, known within half of the round trip. */
  clock: { wallOffsetMs: number; roundTripMs: number };
  /** What was changed there for the run and undone afterwards, and what could not be, one line each. */
  changes: string[];
}

/** A measured Outcome and everything needed to judge it. One file in data/runs/. */
export interface Run {
  schema: 'million-packets/run/1';
  /** Name of the record, and of its file without `.json`. */
  name: string;
  /** UTC, ISO 8601. */
  recordedAt: string;
  /** `scored` runs have a prediction registered before the first packet; `calibration` runs can never be scored. */
  purpose: 'scored' | 'calibration';
  experiment: Experiment;
  /** The host as it was described when the prediction was made. */
  host: Host;
  plan: Plan;
  /** Made before the run and written to NAME.pending.json before the first packet. */
  prediction: Outcome;
  /** SHA-256 of that pending file, so that a later change of prediction, experiment or host shows. */
  predictionSha256: string;
  outcome: Outcome;
  samples: Sample[];
  /** Index into samples: last sample before the measured window, last sample inside it. */
  window: { first: number; last: number };
  /** Drops and buffer size that each receiving socket reported itself (SO_MEMINFO); `truesizeBytes` is that of one datagram (of a buffer with GRO), null where readings of the queue do not prove it. */
  sockets: { socket: number; dropped: number; bufferBytes: number; truesizeBytes: number | null }[];
  /**
   * How many receiving calls returned how many messages, over the measured window. A message is a datagram, with GRO a buffer that may hold
   * several. Missing in records older than the field, and so are the next two unless the experiment is `sequenced`.
   */
  batches?: [messages: number, calls: number][];
  latency?: Latency;
  sequence?: SequenceVerdict;
  /** Host facts read at the time of the run. */
  facts: Record<string, string | number | null>;
  versions: { kit: string; node: string; kernel: string };
  /** The machines, for a run on several. */
  hosts?: RunHost[];
  /** Speed of each CPU just before and just after the run; left out in records from before this was probed. */
  cpuSpeeds?: { before: CpuSpeed[]; after: CpuSpeed[] };
  /** Why the run should not be trusted; empty for a good run. */
  doubts: string[];
}
