import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeAccount, type Sample } from '../../src/experiment/index.js';

/** Fates of packets in one run, as many of each as named. */
interface Fates {
  delivered: number;
  qdisc: number;
  backlog: number;
  firewall: number;
  noPort: number;
  checksum: number;
  memory: number;
  socketBuffer: number;
}

/** A sample as Linux 6.18 on veth would count these fates, on top of what the counters held before. */
function sample(fates: Fates, base: number): Sample {
  const sent = Object.values(fates).reduce((sum, packets) => sum + packets, 0);
  const received = sent - fates.qdisc - fates.backlog;
  const thread = (packets: number) => ({ packets: base + packets, bytes: 32 * packets, calls: packets, errors: 0, cpuNs: 0, busyNs: 0 });
  return {
    tNs: 0,
    senders: [thread(sent)],
    receivers: [thread(fates.delivered)],
    kernel: {
      senderSnmp: { 'Udp.OutDatagrams': base + sent - fates.qdisc - fates.backlog, 'Udp.SndbufErrors': base + fates.qdisc + fates.backlog },
      senderDevice: { txPackets: base + received, txDropped: base + fates.qdisc + fates.backlog },
      receiverDevice: { rxPackets: base + received, rxDropped: base + fates.backlog },
      receiverSnmp: {
        'Ip.InReceives': base + received,
        'Ip.InDelivers': base + received - fates.firewall,
        'Udp.NoPorts': base + fates.noPort,
        'Udp.InCsumErrors': base + fates.checksum,
        'Udp.MemErrors': base + fates.memory,
        'Udp.RcvbufErrors': base + fates.socketBuffer,
        'Udp.InErrors': base + fates.checksum + fates.memory + fates.socketBuffer,
      },
      softnet: [],
      cpuTicks: [],
    },
  };
}

const none: Fates = { delivered: 0, qdisc: 0, backlog: 0, firewall: 0, noPort: 0, checksum: 0, memory: 0, socketBuffer: 0 };
const count = fc.integer({ min: 0, max: 10_000_000 });

describe('closeAccount', () => {
  it('puts every packet where it died, and none is left over', () => {
    fc.assert(
      fc.property(
        fc.record({
          delivered: count,
          qdisc: count,
          backlog: count,
          firewall: count,
          noPort: count,
          checksum: count,
          memory: count,
          socketBuffer: count,
        }),
        count,
        (fates, base) => {
          const { delivered, qdisc, ...elsewhere } = fates;
          expect(closeAccount(sample(none, base), sample(fates, base))).toEqual({
            offeredPackets: Object.values(fates).reduce((sum, packets) => sum + packets, 0),
            deliveredPackets: delivered,
            lossesPackets: { sendBuffer: qdisc, ...elsewhere },
            unaccountedPackets: 0,
          });
        },
      ),
    );
  });

  it('takes fragments for the datagrams that they make up', () => {
    const after = sample({ ...none, delivered: 50 }, 0);
    Object.assign(after.kernel.receiverSnmp, { 'Ip.InReceives': 150, 'Ip.ReasmReqds': 150, 'Ip.ReasmOKs': 50 });
    expect(closeAccount(sample(none, 0), after)).toMatchObject({ lossesPackets: { firewall: 0 }, unaccountedPackets: 0 });
  });

  it('shows what nobody counted', () => {
    const after = sample({ ...none, delivered: 90 }, 0);
    after.senders[0]!.packets = 100;
    expect(closeAccount(sample(none, 0), after).unaccountedPackets).toBe(10);
  });

  it('takes from a software NIC what its rings did not hand on, and from the veth before it what that dropped', () => {
    const fates = { ...none, delivered: 70, qdisc: 5 };
    const nicQueues = (offered: number, serviced: number) => [
      { queue: 0, cpu: 1, offered, serviced, threadNs: null },
      { queue: 3, cpu: 0, offered: 7, serviced: 7, threadNs: null },
    ];
    const before = { ...sample(none, 1000), nicQueues: nicQueues(500, 480) };
    const after = { ...sample(fates, 1000), nicQueues: nicQueues(600, 555) };
    after.senders = [{ ...after.senders[0]!, packets: 1000 + 100 }];
    const { lossesPackets, unaccountedPackets } = closeAccount(before, after);
    expect(lossesPackets).toMatchObject({ nicRing: 25, sendBuffer: 5 });
    expect(unaccountedPackets).toBe(0);
  });
});
