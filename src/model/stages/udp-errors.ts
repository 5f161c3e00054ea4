import type { Host } from '../../experiment/host.js';
import type { CostValues } from './cost-values.js';
import { kernelAtLeast } from './kernel-version.js';

/**
 * RcvbufErrors of a socket. From 3.16 it counts every packet that found the buffer full, as InErrors does. Before, the
 * unlocked check counted InErrors alone, and RcvbufErrors only the packets that passed it while another producer filled
 * the last place.
 *
 * @param arrivalPps packets per second that reached the socket
 * @param producers CPUs that fill the socket
 * @returns per second; never above the drops, which are arrivals minus delivered
 * Cost: bufferRaceNs. Source: sk_rcvqueues_full in udp_queue_rcv_skb (net/ipv4/udp.c), commit 3e215c8d1b6b.
 */
export function rcvbufErrorsPps(
  arrivalPps: number,
  deliveredPps: number,
  producers: number,
  host: Pick<Host, 'kernelRelease'>,
  costs: Pick<CostValues, 'bufferRaceNs'>,
): number {
  const dropsPps = Math.max(0, arrivalPps - deliveredPps);
  if (kernelAtLeast(host.kernelRelease, 3, 16)) return dropsPps;
  return Math.min(dropsPps, deliveredPps * arrivalPps * ((producers - 1) / producers) * costs.bufferRaceNs * 1e-9);
}
