/** Where a packet can die, in the order in which it meets the places. */
export type LossPlace = 'sendBuffer' | 'qdisc' | 'nicRing' | 'backlog' | 'firewall' | 'noPort' | 'checksum' | 'memory' | 'socketBuffer' | 'inFlight';

/** Losses by place; a place that is missing was not observed, a zero was. */
export type Losses = { [place in LossPlace]?: number };

/** A range that says what it is: where the true mean lies (confidence) or where the next run will lie (prediction); `observed` is the range of what was printed or measured. */
export interface Interval {
  low: number;
  high: number;
  /** Probability, such as 0.9; 1 for an observed range. */
  level: number;
  kind: 'confidence' | 'prediction' | 'observed';
}

/** Load of one RX queue. */
export interface QueueOutcome {
  queue: number;
  /** CPU that serves the queue; null when unpinned. */
  cpu: number | null;
  offeredPps: number;
  servicedPps: number;
}

/** Load of one socket. */
export interface SocketOutcome {
  socket: number;
  offeredPps: number;
  deliveredPps: number;
}

/** Shares of one CPU's time; they sum to 1. */
export interface CpuOutcome {
  cpu: number;
  softirq: number;
  system: number;
  user: number;
  /** Time taken by the hypervisor. */
  steal: number;
  idle: number;
}

/** A stage that can limit the packet rate. */
export type Bottleneck = 'source' | 'wire' | 'softirq' | 'reader' | 'none';

/** The answer to an Experiment, whoever gave it. Rates are over the measured window, packets from start to drain. */
export interface Outcome {
  kind: 'published' | 'predicted' | 'simulated' | 'measured';
  experiment: string;
  host: string;
  /** Length of the measured window; null when the outcome is not of a run. */
  seconds: number | null;
  /** Packets per second that the sources sent; null where a source of figures does not say. */
  offeredPps: number | null;
  deliveredPps: number;
  delivered: Interval;
  lossesPps: Losses;
  /** Packets from start to drain, only for runs: offered = delivered + losses + unaccounted. */
  offeredPackets?: number;
  deliveredPackets?: number;
  lossesPackets?: Losses;
  unaccountedPackets?: number;
  bottleneck: Bottleneck | null;
  queues: QueueOutcome[];
  sockets: SocketOutcome[];
  cpus: CpuOutcome[];
  /** Counters under the names that tools print, per second. */
  countersPps: Record<string, number>;
  /** What a reader must know to judge the figures. */
  notes: string[];
}
