import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeAccount, type Experiment, parseExperiment, type Sample } from '../../src/experiment/index.js';

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

  it('counts datagrams where the kernel counts messages of several', () => {
    const segments = 16;
    const segmented = (cutBy: 'device' | 'receiver', gro: boolean): Experiment =>
      parseExperiment({ id: 'segmented', sources: [{ segmentation: { segments, cutBy } }], receiver: { gro } });
    fc.assert(
      fc.property(
        fc.constantFrom('device', 'receiver'),
        fc.boolean(),
        count,
        count,
        count,
        count,
        (cutBy, gro, delivered, backlog, noPort, socketBuffer) => {
          // Whole messages up to the socket, and beyond it too with GRO; the device cuts them before anything counts.
          const onWire = cutBy === 'receiver' ? segments : 1;
          const inSocket = gro ? onWire : 1;
          const [lost, kept] = [socketBuffer * onWire, delivered * onWire];
          const [before, after] = [sample(none, 0), sample({ ...none, delivered, backlog, noPort, socketBuffer }, 0)];
          after.senders[0]!.packets = (delivered + backlog + noPort + socketBuffer) * onWire;
          after.receivers[0]!.packets = kept;
          after.kernel.receiverSnmp['Udp.RcvbufErrors'] = lost / inSocket;
          // Messages, whoever cut them.
          after.kernel.senderSnmp['Udp.SndbufErrors'] = Math.ceil((backlog * onWire) / segments);
          const { unaccountedPackets, lossesPackets } = closeAccount(before, after, segmented(cutBy, gro));
          expect(unaccountedPackets).toBe(0);
          expect(lossesPackets).toMatchObject({ sendBuffer: 0, backlog: backlog * onWire, noPort: noPort * onWire, socketBuffer: lost, firewall: 0 });
        },
      ),
    );
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

  it('on a physical NIC, tells the ring from the backlog and the wire from both, and leaves the rest unaccounted', () => {
    fc.assert(
      fc.property(count, count, count, count, count, (delivered, ring, backlog, wire, unknown) => {
        const before = sample(none, 5);
        const after = sample({ ...none, delivered }, 5);
        const sent = delivered + ring + backlog + wire + unknown;
        before.kernel.receiverDevice.rxMissed = 3;
        Object.assign(after.kernel.receiverDevice, {
          rxMissed: 3 + ring,
          rxDropped: 5 + ring + backlog,
          rxPackets: 5 + delivered + backlog + unknown,
        });
        after.kernel.senderDevice.txPackets = 5 + sent;
        after.senders[0]!.packets = 5 + sent;
        const { lossesPackets, unaccountedPackets } = closeAccount(before, after);
        expect([lossesPackets.nicRing, lossesPackets.backlog, lossesPackets.inFlight, unaccountedPackets]).toEqual([ring, backlog, wire, unknown]);
      }),
    );
  });
});

describe('the ring of a veth into which the wire sends', () => {
  const wired = parseExperiment({ id: 'wired', sources: [{ kind: 'wire' }] });
  /** As Linux 6.18 counted it: what does not fit is dropped at the receiver and counted at both ends; the wire has no socket. */
  const overflown = (lost: number): Sample => {
    const { kernel, ...counted } = sample({ ...none, delivered: 100 }, 0);
    const snmp = { ...kernel.senderSnmp, 'Udp.OutDatagrams': 0 };
    return {
      ...counted,
      senders: counted.senders.map((sender) => ({ ...sender, packets: sender.packets + lost })),
      kernel: {
        ...kernel,
        senderSnmp: snmp,
        senderDevice: { ...kernel.senderDevice, txDropped: lost },
        receiverDevice: { ...kernel.receiverDevice, rxDropped: lost },
      },
    };
  };

  it('loses packets as a NIC does', () => {
    const { lossesPackets, unaccountedPackets } = closeAccount(sample(none, 0), overflown(7), wired);
    expect(lossesPackets).toMatchObject({ nicRing: 7, sendBuffer: 0, backlog: 0 });
    expect(unaccountedPackets).toBe(0);
  });

  it('loses them before a software NIC, once', () => {
    const behindNic = (each: Sample, offered: number): Sample => ({
      ...each,
      nicQueues: [{ queue: 0, cpu: 1, offered, serviced: offered, threadNs: 0 }],
    });
    const { lossesPackets, unaccountedPackets } = closeAccount(
      behindNic(sample(none, 0), 0),
      behindNic(overflown(7), 100),
      parseExperiment({ id: 'nic' }),
    );
    expect(lossesPackets).toMatchObject({ nicRing: 0, sendBuffer: 7, backlog: 0 });
    expect(unaccountedPackets).toBe(0);
  });
});
