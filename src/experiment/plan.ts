import type { ReceivePath } from './host.js';

/** One flow of packets: who sends it and what its headers say. */
export interface PlannedFlow {
  /** Index into Experiment.sources. */
  source: number;
  destinationAddress: string;
  sourcePort: number;
  /** RX queue that it reaches; null when the RSS key is unknown and nothing was observed. */
  queue: number | null;
  /** Socket that it reaches; null when the kernel's secret decides. */
  socket: number | null;
}

/** An Experiment resolved against a Host: which CPU does what. */
export interface Plan {
  receivePath: ReceivePath;
  /** CPU of each source; null when unpinned. On `physical-nic` these are CPUs of the other machine. */
  sourceCpus: (number | null)[];
  /** Where there is a wire: packets per second that it offers for each source, null for a source that is a program. */
  wirePps?: (number | null)[];
  /** CPU of each reading thread; null when unpinned. */
  readerCpus: (number | null)[];
  /** Queues that packets reach, and the CPU of each softirq; on `veth` that is the sending CPU, null when it is unpinned. */
  queues: { queue: number; cpu: number | null }[];
  flows: PlannedFlow[];
  /** Where the host makes the run differ from what the Experiment means, one sentence each. */
  deviations: string[];
}
