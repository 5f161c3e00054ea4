import type { Losses } from './outcome.js';
import type { KernelCounters, Sample } from './run.js';

/** Where every packet between two samples went: offered = delivered + Σ losses + unaccounted. */
export interface Account {
  offeredPackets: number;
  deliveredPackets: number;
  lossesPackets: Losses;
  unaccountedPackets: number;
}

/**
 * Closes the account of packets between two samples from the counters alone. Between a sample before the first packet and
 * one after the last socket was drained, whatever is unaccounted is a fault; inside a run it is what lies in queues.
 *
 * - `sendBuffer`: sendmmsg said yes, the device or its queue then dropped (Udp SndbufErrors);
 * - `nicRing`: the ring of a queue of the software NIC was full, of which a record from another path says nothing;
 * - `backlog`: the per-CPU input queue was full (rx_dropped of the receiving device; the kernel also counts these as
 *   SndbufErrors on veth, so they are taken out there);
 * - `firewall`: IP took it in and did not deliver it;
 * - `noPort`, `checksum`, `memory`, `socketBuffer`: Udp counters. InErrors holds the last three and is never added.
 *
 * @source net/ipv4/udp.c udp_send_skb and __udp_queue_rcv_skb, drivers/net/veth.c veth_xmit (6.18)
 */
export function closeAccount(before: Sample, after: Sample): Account {
  const sum = (sample: Sample, side: 'senders' | 'receivers') => sample[side].reduce((total, { packets }) => total + packets, 0);
  const grown = (place: keyof KernelCounters & ('senderSnmp' | 'receiverSnmp' | 'senderDevice' | 'receiverDevice'), name: string) =>
    (after.kernel[place][name] ?? 0) - (before.kernel[place][name] ?? 0);
  const backlog = grown('receiverDevice', 'rxDropped');
  const refusedByIp = grown('receiverSnmp', 'Ip.InHdrErrors') + grown('receiverSnmp', 'Ip.InAddrErrors') + grown('receiverSnmp', 'Ip.InDiscards');
  // Fragments are received one by one and delivered as one.
  const received = grown('receiverSnmp', 'Ip.InReceives') - grown('receiverSnmp', 'Ip.ReasmReqds') + grown('receiverSnmp', 'Ip.ReasmOKs');
  const lossesPackets: Losses = {
    // The wire has no socket whose buffer could be full, but what crosses a veth waits in a queue on its way to the NIC, and that can be.
    sendBuffer: after.nicQueues ? grown('senderDevice', 'txDropped') : Math.max(0, grown('senderSnmp', 'Udp.SndbufErrors') - backlog),
    ...(after.nicQueues ? { nicRing: unserviced(after) - unserviced(before) } : {}),
    backlog,
    firewall: Math.max(0, received - grown('receiverSnmp', 'Ip.InDelivers') - refusedByIp),
    noPort: grown('receiverSnmp', 'Udp.NoPorts'),
    checksum: grown('receiverSnmp', 'Udp.InCsumErrors'),
    memory: grown('receiverSnmp', 'Udp.MemErrors'),
    socketBuffer: grown('receiverSnmp', 'Udp.RcvbufErrors'),
  };
  const offeredPackets = sum(after, 'senders') - sum(before, 'senders');
  const deliveredPackets = sum(after, 'receivers') - sum(before, 'receivers');
  const lost = Object.values(lossesPackets).reduce((total, packets) => total + packets, 0);
  return { offeredPackets, deliveredPackets, lossesPackets, unaccountedPackets: offeredPackets - deliveredPackets - lost };
}

/** Packets that a software NIC put into its rings and did not hand on: dropped, or not taken out yet. */
function unserviced({ nicQueues = [] }: Sample): number {
  return nicQueues.reduce((total, { offered, serviced }) => total + offered - serviced, 0);
}
