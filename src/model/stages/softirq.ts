import type { CostValues } from './cost-values.js';

/** Share of the handed-over cache lines that a packet touches when the socket is full: the memory counter, not the queue. Assumed. */
const linesOfADrop = 0.2;

/** Packets that one poll takes from a queue before the next has its turn: NAPI_POLL_WEIGHT. Source: include/linux/netdevice.h. */
export const pollPackets = 64;

/** What the softirq meets at the socket. */
export interface SocketMet {
  /** Share of its packets that the socket accepts. */
  accepted: number;
  /** Cache-line cost of this CPU's packets, from handOverNs(). */
  handOverNs: number;
  /** Further CPUs that use the same socket: other producers, and readers beyond the first. */
  otherCpus: number;
  /** Wake-ups a packet. */
  wakeUps: number;
  /** What the firewall before it costs every packet, from firewallNs(). */
  firewallNs: number;
}

/**
 * Stage 4, the softirq on the queue's CPU, from poll into the socket buffer. Its queue is the RX ring; what the ring
 * cannot hold is lost there (`nicRing`, rx_nodesc_drop_cnt of sfc) at no cost to the CPU.
 *
 * @returns mean nanoseconds a packet, accepted or dropped at the socket
 * Cost: softirqNs, softirqDropRatio, producerContentionNs, wakeUpNs. Source: net_rx_action (net/core/dev.c), udp_queue_rcv_skb (net/ipv4/udp.c, 3.x).
 */
export function softirqPacketNs(met: SocketMet, costs: CostValues): number {
  const accepted = costs.softirqNs + met.handOverNs + costs.producerContentionNs * met.otherCpus + costs.wakeUpNs * met.wakeUps;
  return met.firewallNs + met.accepted * accepted + (1 - met.accepted) * droppedPacketNs(met.handOverNs, costs);
}

/** Nanoseconds of a packet that the socket has no room for, beside those of the firewall. */
export function droppedPacketNs(lineNs: number, { softirqDropRatio, softirqNs }: Pick<CostValues, 'softirqDropRatio' | 'softirqNs'>): number {
  return softirqDropRatio * softirqNs + linesOfADrop * lineNs;
}
