import { max, min } from 'simple-statistics';
import {
  type Bottleneck,
  closeAccount,
  type Experiment,
  type Host,
  type Losses,
  type Outcome,
  type Plan,
  type QueueOutcome,
  type Run,
  type Sample,
} from '../experiment/index.js';
import { cpuShares } from './cpu-shares.js';
import { withQueueThreads } from './with-queue-threads.js';

/** Share of the offered packets from which a loss names the bottleneck. */
const tellingShare = 0.01;

/** What a run's samples say: rates over the measured window, packets from start to drain. */
export function measuredOutcome(
  experiment: Experiment,
  host: Host,
  plan: Plan,
  samples: Sample[],
  window: Run['window'],
  sockets: Run['sockets'],
): Outcome {
  const [start, first, last, end] = [samples[0], samples[window.first], samples[window.last], samples.at(-1)];
  if (!start || !first || !last || !end)
    throw new RangeError(`measuredOutcome: window must lie inside ${samples.length} samples, got ${window.first} to ${window.last}`);
  const whole = closeAccount(start, end, experiment);
  const inside = closeAccount(first, last, experiment);
  const seconds = (last.tNs - first.tNs) / 1e9;
  const pps = (packets: number) => packets / seconds;
  const lossesPps = Object.fromEntries(Object.entries(inside.lossesPackets).map(([place, packets]) => [place, pps(packets)])) as Losses;
  const rates = samples.slice(window.first, window.last).map((sample, index) => {
    const next = samples[window.first + index + 1] ?? sample;
    return (closeAccount(sample, next, experiment).deliveredPackets / (next.tNs - sample.tNs)) * 1e9;
  });
  const counter = (name: string) => pps((last.kernel.receiverSnmp[name] ?? 0) - (first.kernel.receiverSnmp[name] ?? 0));
  const offeredPps = pps(inside.offeredPackets);
  return {
    kind: 'measured',
    experiment: experiment.id,
    host: host.name,
    seconds,
    offeredPps,
    deliveredPps: pps(inside.deliveredPackets),
    delivered: { low: min(rates), high: max(rates), level: 1, kind: 'observed' },
    lossesPps,
    ...whole,
    bottleneck: bottleneck(experiment, offeredPps, lossesPps, pps(skipped(last) - skipped(first))),
    queues: first.nicQueues ? nicQueueOutcomes(first, last) : vethQueueOutcomes(plan, first, last, lossesPps.backlog ?? 0),
    sockets: sockets.map(({ socket, dropped }) => {
      const threads = (sample: Sample) => (experiment.receiver.layout === 'reuseport' ? [sample.receivers[socket]] : sample.receivers);
      const read = (sample: Sample) => threads(sample).reduce((total, thread) => total + (thread?.packets ?? 0), 0);
      const deliveredPps = pps(read(last) - read(first));
      const allDropped = sockets.reduce((total, other) => total + other.dropped, 0);
      return { socket, offeredPps: deliveredPps + (allDropped ? ((lossesPps.socketBuffer ?? 0) * dropped) / allDropped : 0), deliveredPps };
    }),
    cpus: withQueueThreads(cpuShares(first.kernel.cpuTicks, last.kernel.cpuTicks), first, last),
    countersPps: {
      ...Object.fromEntries(
        ['InDatagrams', 'InErrors', 'RcvbufErrors', 'NoPorts', 'InCsumErrors', 'MemErrors'].map((name) => [name, counter(`Udp.${name}`)]),
      ),
      ...(first.nicQueues ? nicCounters(nicQueueOutcomes(first, last)) : {}),
      ...Object.fromEntries(
        Object.entries(last.kernel.receiverXdp ?? {}).map(([name, frames]) => [name, pps(frames - (first.kernel.receiverXdp?.[name] ?? 0))]),
      ),
    },
    notes: [],
  };
}

function vethQueueOutcomes(plan: Plan, first: Sample, last: Sample, backlogPps: number): QueueOutcome[] {
  const pps = (packets: number) => (packets / (last.tNs - first.tNs)) * 1e9;
  const received = ({ kernel }: Sample) => kernel.receiverSnmp['Ip.InReceives'] ?? 0;
  return plan.queues.map(({ queue, cpu }) => {
    const processed = ({ kernel }: Sample) => kernel.softnet.find((row) => row.cpu === cpu)?.processed ?? 0;
    const servicedPps =
      plan.queues.length === 1 || cpu === null ? pps(received(last) - received(first)) / plan.queues.length : pps(processed(last) - processed(first));
    return { queue, cpu, offeredPps: servicedPps + backlogPps / plan.queues.length, servicedPps };
  });
}

function nicQueueOutcomes(first: Sample, last: Sample): QueueOutcome[] {
  const pps = (packets: number) => (packets / (last.tNs - first.tNs)) * 1e9;
  return (last.nicQueues ?? []).map(({ queue, cpu, offered, serviced }) => {
    const before = first.nicQueues?.find((each) => each.queue === queue);
    return { queue, cpu, offeredPps: pps(offered - (before?.offered ?? 0)), servicedPps: pps(serviced - (before?.serviced ?? 0)) };
  });
}

/** Rates under the names that `ethtool -S` prints on the article's NIC. */
function nicCounters(queues: QueueOutcome[]): Record<string, number> {
  return {
    ...Object.fromEntries(queues.map(({ queue, servicedPps }) => [`rx-${queue}.rx_packets`, servicedPps])),
    rx_nodesc_drop_cnt: queues.reduce((sum, { offeredPps, servicedPps }) => sum + Math.max(0, offeredPps - servicedPps), 0),
  };
}

function bottleneck(experiment: Experiment, offeredPps: number, losses: Losses, skippedPps: number): Bottleneck {
  const telling = (packets = 0) => packets > tellingShare * offeredPps;
  if (telling(losses.backlog) || telling(losses.nicRing)) return 'softirq';
  if (telling(losses.socketBuffer)) return 'reader';
  return telling(skippedPps) || experiment.sources.some((source) => source.offeredPps === null) ? 'source' : 'none';
}

/** Packets that the wire was kept from sending. */
function skipped({ senders }: Sample): number {
  return senders.reduce((sum, sender) => sum + (sender.skipped ?? 0), 0);
}
