import { nicCounterNames } from '../counters/nic-counter-names.js';
import { timeSqueezePps } from '../counters/time-squeeze-pps.js';
import { kernelAtLeast } from '../stages/kernel-version.js';
import { rcvbufErrorsPps } from '../stages/udp-errors.js';
import type { Assessment } from './assess.js';

/** Share of a ring's packets from which its loss is one. */
const noticeable = 1e-6;

/**
 * The predicted rates under the names that a user of the host meets:
 * - /proc/net/snmp: `InDatagrams`, `InErrors`, `RcvbufErrors` as the kernel release counts them, and since 5.11 `MemErrors`, which is 0:
 *   no experiment here fills net.ipv4.udp_mem. AF_XDP has counters of its own (struct xdp_statistics), and those of UDP stay where they are;
 * - `ethtool -S`: packets of each RX queue and ring drops, as the driver names them, where there is a NIC of hardware or software;
 * - /proc/net/softnet_stat: `softnet_stat.cpuN.processed`, `.dropped` (0: a sender waits before its backlog is full) and, on a
 *   physical NIC, `.time_squeeze`, of each CPU N that takes packets in.
 *
 * @param takesFrames whether AF_XDP takes the packets
 */
export function predictedCounters({ possibilities, solutions, plan, host, costs }: Assessment, takesFrames: boolean): Record<string, number> {
  const counters: Record<string, number> = { InDatagrams: 0, InErrors: 0, RcvbufErrors: 0 };
  if (kernelAtLeast(host.kernelRelease, 5, 11)) counters.MemErrors = 0;
  if (takesFrames) Object.assign(counters, { rx_dropped: 0, rx_ring_full: 0, rx_fill_ring_empty_descs: 0 });
  const hasRings = plan.receivePath === 'physical-nic' || plan.receivePath === 'software-nic';
  const names = nicCounterNames(host.nicDriver);
  if (hasRings) {
    counters[names.ringDrops] = 0;
    for (const { queue } of plan.queues) counters[names.queuePackets(queue)] = 0;
  }
  const add = (name: string, pps: number) => {
    counters[name] = (counters[name] ?? 0) + pps;
  };
  for (const { probability, named, scenario } of possibilities) {
    const solution = solutions[scenario];
    for (const [s, { offeredPps, deliveredPps }] of solution?.sockets.entries() ?? []) {
      const producers = named.scenario.sockets[s]?.producers ?? 1;
      if (takesFrames) {
        // As many descriptors as frames: memory runs out first, and the kernel counts that twice.
        for (const name of ['rx_dropped', 'rx_fill_ring_empty_descs']) add(name, probability * Math.max(0, offeredPps - deliveredPps));
        continue;
      }
      add('InDatagrams', probability * deliveredPps);
      add('InErrors', probability * Math.max(0, offeredPps - deliveredPps));
      add('RcvbufErrors', probability * rcvbufErrorsPps(offeredPps, deliveredPps, producers, host, costs));
    }
    const busyNs = (cpu: number) => 1e9 * (solution?.processors[named.cpus.indexOf(cpu)]?.softirq ?? 0);
    const taken = new Map<number, { offeredPps: number; servicedPps: number }>();
    for (const [f, { offeredPps, servicedPps }] of solution?.flows.entries() ?? []) {
      const flow = named.scenario.flows[f];
      const cpu = named.cpus[flow?.processor ?? 0] ?? 0;
      const before = taken.get(cpu) ?? { offeredPps: 0, servicedPps: 0 };
      taken.set(cpu, { offeredPps: before.offeredPps + offeredPps, servicedPps: before.servicedPps + servicedPps });
      if (!hasRings) continue;
      add(names.ringDrops, probability * (offeredPps - servicedPps));
      for (const [queue, part] of named.queues[f] ?? []) add(names.queuePackets(queue), (probability * servicedPps * part) / (flow?.share ?? 1));
    }
    // Frames of AF_XDP leave before the network stack counts.
    for (const [cpu, { offeredPps, servicedPps }] of takesFrames ? [] : taken) {
      add(`softnet_stat.cpu${cpu}.processed`, probability * servicedPps);
      add(`softnet_stat.cpu${cpu}.dropped`, 0);
      if (plan.receivePath !== 'physical-nic') continue;
      const isNeverEmpty = offeredPps - servicedPps > noticeable * offeredPps;
      const packetNs = busyNs(cpu) / Math.max(1e-9, servicedPps);
      add(`softnet_stat.cpu${cpu}.time_squeeze`, probability * timeSqueezePps(servicedPps, isNeverEmpty, packetNs, host.kernelRelease));
    }
  }
  return counters;
}
