import type { Experiment } from './experiment.js';
import type { CpuSpeed, Host } from './host.js';
import type { Outcome } from './outcome.js';
import type { Plan } from './plan.js';

/** Cumulative counters of one thread, as the native code counted them. */
export interface ThreadCounters {
  packets: number;
  /** UDP payload. */
  bytes: number;
  /** sendmmsg calls, or recvmmsg calls that returned packets. */
  calls: number;
  /** Calls that failed; a receiver's time-outs are not failures. */
  errors: number;
  /** CPU time of the thread, system and user. */
  cpuNs: number;
  /** Wall time inside sendmmsg; equal to cpuNs for a receiver, whose calls also wait for packets. */
  busyNs: number;
}

/** Cumulative counters of the kernel, read at one instant, under the kernel's own names. */
export interface KernelCounters {
  /** `Udp:` and `Ip:` of /proc/net/snmp in the sender's namespace. */
  senderSnmp: Record<string, number>;
  receiverSnmp: Record<string, number>;
  /** /proc/net/dev of the sending and the receiving interface. */
  senderDevice: Record<string, number>;
  receiverDevice: Record<string, number>;
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
  /** Drops and buffer size that each receiving socket reported itself (SO_MEMINFO); `truesizeBytes` is null where a run did not measure it, as none does yet (calibration does, see host). */
  sockets: { socket: number; dropped: number; bufferBytes: number; truesizeBytes: number | null }[];
  /** Host facts read at the time of the run. */
  facts: Record<string, string | number | null>;
  versions: { kit: string; node: string; kernel: string };
  /** Speed of each CPU just before and just after the run; left out in records from before this was probed. */
  cpuSpeeds?: { before: CpuSpeed[]; after: CpuSpeed[] };
  /** Why the run should not be trusted; empty for a good run. */
  doubts: string[];
}
