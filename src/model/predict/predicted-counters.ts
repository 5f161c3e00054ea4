import { rcvbufErrorsPps } from '../stages/udp-errors.js';
import type { Assessment } from './assess.js';

/**
 * The predicted rates under the names that ethtool -S, nstat and /proc/net/snmp print. `rx-N.rx_packets` and
 * rx_nodesc_drop_cnt exist only where there is a NIC, of hardware or software (names of the sfc driver). AF_XDP has counters of its own
 * (struct xdp_statistics), and those of UDP stay where they are.
 *
 * @param takesFrames whether AF_XDP takes the packets
 */
export function predictedCounters({ possibilities, solutions, plan, host, costs }: Assessment, takesFrames: boolean): Record<string, number> {
  const counters: Record<string, number> = { InDatagrams: 0, InErrors: 0, RcvbufErrors: 0 };
  if (takesFrames) Object.assign(counters, { rx_dropped: 0, rx_ring_full: 0, rx_fill_ring_empty_descs: 0 });
  const hasRings = plan.receivePath === 'physical-nic' || plan.receivePath === 'software-nic';
  if (hasRings) {
    counters.rx_nodesc_drop_cnt = 0;
    for (const { queue } of plan.queues) counters[`rx-${queue}.rx_packets`] = 0;
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
    if (!hasRings) continue;
    for (const [f, { offeredPps, servicedPps }] of solution?.flows.entries() ?? []) {
      add('rx_nodesc_drop_cnt', probability * (offeredPps - servicedPps));
      const share = named.scenario.flows[f]?.share ?? 1;
      for (const [queue, part] of named.queues[f] ?? []) add(`rx-${queue}.rx_packets`, (probability * servicedPps * part) / share);
    }
  }
  return counters;
}
