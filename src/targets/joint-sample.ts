import type { Sample, ThreadCounters } from '../experiment/index.js';
import type { Reading } from './protocol/protocol.js';

/** Readings of all hosts at one instant. */
export interface Readings {
  receiver: Reading;
  /** One a sender, with the Experiment's sources that its threads are, in their order. */
  senders: { reading: Reading; sources: number[] }[];
}

/** Readings of several hosts as one Sample: the receiver's clock, CPUs and softirqs; the senders' counters added. */
export function jointSample({ receiver, senders }: Readings, startNs: number): Sample {
  const threads: ThreadCounters[] = [];
  for (const { reading, sources } of senders) {
    for (const [position, source] of sources.entries()) {
      const counters = reading.threads[position];
      if (counters) threads[source] = counters;
    }
  }
  return {
    tNs: receiver.tNs - startNs,
    senders: threads,
    receivers: receiver.threads,
    kernel: {
      senderSnmp: added(senders.map(({ reading }) => reading.snmp)),
      receiverSnmp: receiver.snmp,
      senderDevice: added(senders.map(({ reading }) => reading.device)),
      receiverDevice: receiver.device,
      softnet: receiver.softnet,
      cpuTicks: receiver.cpuTicks,
    },
  };
}

function added(counters: Record<string, number>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const each of counters) for (const [name, value] of Object.entries(each)) sums[name] = (sums[name] ?? 0) + value;
  return sums;
}
