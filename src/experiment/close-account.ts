import type { Experiment } from './experiment.js';
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
 * - `nicRing`: the ring of a queue of the software NIC was full; on a physical NIC, what the device counts as missed or over. A record from another path
 *   says nothing of it;
 * - `inFlight`: with a physical NIC, what the senders' devices counted out and the receiver's not in, at most what nothing else explains;
 * - `backlog`: the per-CPU input queue was full (rx_dropped of the receiving device; the kernel also counts these as
 *   SndbufErrors on veth, so they are taken out there);
 * - `firewall`: IP took it in and did not deliver it;
 * - `noPort`, `checksum`, `memory`, `socketBuffer`: Udp counters. InErrors holds the last three and is never added. An AF_XDP socket counts in
 *   rx_ring_full frames for which there was no descriptor, in rx_dropped those for which there was no memory; rx_fill_ring_empty_descs holds the
 *   latter once more and is never added. veth counts all of them as rx_dropped too;
 *
 * Everything is in datagrams. Where an experiment's messages hold several, the counters of devices and IP count whole messages unless the
 * device cut them, the counters of a socket with GRO too, and SndbufErrors counts whole messages always, so the device's own drops stand in.
 *
 * @param experiment what was sent and how it was read; left out, each message is one datagram
 * @source net/ipv4/udp.c udp_send_skb and __udp_queue_rcv_skb, drivers/net/veth.c veth_xmit and veth_xdp_rcv_one, net/xdp/xsk.c __xsk_rcv (6.18)
 */
export function closeAccount(before: Sample, after: Sample, experiment?: Experiment): Account {
  // Only devices with hardware are read for it.
  const isPhysical = after.kernel.receiverDevice.rxMissed !== undefined;
  const { onWire, inSocket, isSegmented } = datagramsPerUnit(isPhysical ? undefined : experiment);
  const sum = (sample: Sample, side: 'senders' | 'receivers') => sample[side].reduce((total, { packets }) => total + packets, 0);
  const grown = (place: keyof KernelCounters & ('senderSnmp' | 'receiverSnmp' | 'senderDevice' | 'receiverDevice'), name: string) =>
    (after.kernel[place][name] ?? 0) - (before.kernel[place][name] ?? 0);
  // /proc/net/dev adds to rx_dropped what the ring missed.
  const missed = grown('receiverDevice', 'rxMissed');
  const ring = missed + grown('receiverDevice', 'rxOver');
  const frames = framesLost(after) - framesLost(before);
  const backlog = onWire * (grown('receiverDevice', 'rxDropped') - missed - frames);
  const refusedByIp = grown('receiverSnmp', 'Ip.InHdrErrors') + grown('receiverSnmp', 'Ip.InAddrErrors') + grown('receiverSnmp', 'Ip.InDiscards');
  // Fragments are received one by one and delivered as one.
  const received = grown('receiverSnmp', 'Ip.InReceives') - grown('receiverSnmp', 'Ip.ReasmReqds') + grown('receiverSnmp', 'Ip.ReasmOKs');
  const lossesPackets: Losses = {
    // The wire has no socket whose buffer could be full, but what crosses a veth waits in a queue on its way to the NIC, and that can be.
    sendBuffer: after.nicQueues
      ? grown('senderDevice', 'txDropped')
      : Math.max(
          0,
          (isSegmented ? onWire * grown('senderDevice', 'txDropped') : grown('senderSnmp', 'Udp.SndbufErrors')) - (isPhysical ? 0 : backlog),
        ),
    ...(after.nicQueues ? { nicRing: unserviced(after) - unserviced(before) } : {}),
    ...(isPhysical ? { nicRing: ring } : {}),
    backlog,
    firewall: onWire * Math.max(0, received - grown('receiverSnmp', 'Ip.InDelivers') - refusedByIp),
    noPort: onWire * grown('receiverSnmp', 'Udp.NoPorts'),
    checksum: inSocket * grown('receiverSnmp', 'Udp.InCsumErrors'),
    memory: inSocket * grown('receiverSnmp', 'Udp.MemErrors'),
    socketBuffer: inSocket * grown('receiverSnmp', 'Udp.RcvbufErrors') + frames,
  };
  const offeredPackets = sum(after, 'senders') - sum(before, 'senders');
  const deliveredPackets = sum(after, 'receivers') - sum(before, 'receivers');
  const lost = Object.values(lossesPackets).reduce((total, packets) => total + packets, 0);
  const unexplained = offeredPackets - deliveredPackets - lost;
  if (!isPhysical) return { offeredPackets, deliveredPackets, lossesPackets, unaccountedPackets: unexplained };
  const missing = grown('senderDevice', 'txPackets') - grown('receiverDevice', 'rxPackets') - ring;
  lossesPackets.inFlight = Math.max(0, Math.min(missing, unexplained));
  return { offeredPackets, deliveredPackets, lossesPackets, unaccountedPackets: unexplained - lossesPackets.inFlight };
}

/** Datagrams in one unit of a counter: of devices and IP, and of a receiving socket. */
function datagramsPerUnit(experiment: Experiment | undefined): { onWire: number; inSocket: number; isSegmented: boolean } {
  // An experiment's sources are all segmented alike: parseExperiment sees to it.
  const segmentation = experiment?.sources[0]?.segmentation;
  const onWire = segmentation?.cutBy === 'receiver' ? segmentation.segments : 1;
  return { onWire, inSocket: experiment?.receiver.gro ? onWire : 1, isSegmented: segmentation !== undefined };
}

/** Frames for which an AF_XDP socket had no room. */
function framesLost({ kernel }: Sample): number {
  return (kernel.receiverXdp?.rx_ring_full ?? 0) + (kernel.receiverXdp?.rx_dropped ?? 0);
}

/** Packets that a software NIC put into its rings and did not hand on: dropped, or not taken out yet. */
function unserviced({ nicQueues = [] }: Sample): number {
  return nicQueues.reduce((total, { offered, serviced }) => total + offered - serviced, 0);
}
