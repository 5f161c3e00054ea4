import { describe, expect, it } from 'vitest';
import { dropReadings, type LiveCounters, type LiveRates, liveRates } from '../../src/host/index.js';

const cpu = { cpu: 0, user: 10, system: 10, softirq: 10, irq: 0, idle: 100, iowait: 5, steal: 0 };
const socket = { family: 'IPv4' as const, localPort: 4321, inode: 1, rxQueueBytes: 0, drops: 5 };
const eth0 = {
  name: 'eth0',
  counters: { packets: 1000, drop: 10, rx_missed_errors: 10 },
  queuePackets: { 0: 600, 1: 400 },
  ringDrops: { rx_nodesc_drop_cnt: 10 },
  interrupts: [{ irq: 38, name: 'eth0-rx-0', counts: [{ cpu: 0, count: 7 }] }],
};
const before: LiveCounters = {
  atMs: 5000,
  interfaces: [eth0],
  softnet: [{ cpu: 0, processed: 100, dropped: 0, timeSqueeze: 1, receivedRps: 0 }],
  cpuTicks: [cpu],
  udp: { 'Udp.InDatagrams': 100, 'Udp.InErrors': 50 },
  sockets: [socket, { ...socket, inode: 2 }],
};
const after: LiveCounters = {
  atMs: 7000,
  interfaces: [
    {
      ...eth0,
      counters: { packets: 3000, drop: 30, rx_missed_errors: 30 },
      queuePackets: { 0: 1600, 1: 1400 },
      ringDrops: { rx_nodesc_drop_cnt: 30 },
      interrupts: [{ irq: 38, name: 'eth0-rx-0', counts: [{ cpu: 0, count: 27 }] }],
    },
  ],
  softnet: [{ cpu: 0, processed: 2100, dropped: 40, timeSqueeze: 3, receivedRps: 8 }],
  cpuTicks: [{ ...cpu, softirq: 200, system: 15, idle: 105, iowait: 4 }],
  udp: { 'Udp.InDatagrams': 300, 'Udp.InErrors': 90 },
  sockets: [
    { ...socket, drops: 45, rxQueueBytes: 832 },
    { ...socket, inode: 2 },
  ],
};

describe('liveRates', () => {
  it('divides what grew by the time between', () => {
    expect(liveRates(before, after)).toEqual({
      seconds: 2,
      interfaces: [
        {
          name: 'eth0',
          rxPps: 1000,
          rxDropsPps: 10,
          sysfsPps: { rx_missed_errors: 10 },
          queuesPps: { 0: 500, 1: 500 },
          ringDropsPps: { rx_nodesc_drop_cnt: 10 },
          interrupts: [{ irq: 38, name: 'eth0-rx-0', cpu: 0, perSecond: 10 }],
        },
      ],
      // 200 ticks; iowait went backwards, as it may, and counts as none.
      cpus: [
        { cpu: 0, softirq: 0.95, system: 0.025, user: 0, steal: 0, processedPps: 1000, droppedPps: 20, timeSqueezePerSecond: 1, receivedRpsPps: 4 },
      ],
      udpPps: { 'Udp.InDatagrams': 100, 'Udp.InErrors': 20 },
      sockets: [{ family: 'IPv4', localPort: 4321, inode: 1, rxQueueBytes: 832, dropsPps: 20 }],
    });
  });

  it('leaves out counters that went backwards or vanished, and what is new', () => {
    const reset: LiveCounters = {
      ...after,
      interfaces: [
        { ...eth0, counters: { packets: 5, drop: 12 } },
        { ...eth0, name: 'eth1' },
      ],
      softnet: [{ cpu: 0, processed: 1, dropped: 40, timeSqueeze: 3, receivedRps: 8 }],
      cpuTicks: [{ ...cpu, softirq: 3 }],
      udp: { 'Udp.InErrors': 60, 'Udp.MemErrors': 9 },
      sockets: [
        { ...socket, drops: 1 },
        { ...socket, inode: 3, drops: 99 },
      ],
    };
    const { interfaces, cpus, udpPps, sockets } = liveRates(before, reset);
    expect(interfaces).toMatchObject([{ name: 'eth0', rxDropsPps: 1, sysfsPps: {} }]);
    expect(interfaces[0]).not.toHaveProperty('rxPps');
    expect(cpus).toEqual([{ cpu: 0, droppedPps: 20, timeSqueezePerSecond: 1, receivedRpsPps: 4 }]);
    expect([udpPps, sockets]).toEqual([{ 'Udp.InErrors': 5 }, []]);
  });

  it('refuses readings in the wrong order', () => expect(() => liveRates(after, before)).toThrow(RangeError));
});

describe('dropReadings', () => {
  const quiet: LiveRates = { seconds: 1, interfaces: [], cpus: [], udpPps: {}, sockets: [] };
  const stages = (rates: Partial<LiveRates>, kernel = '6.18.0') =>
    dropReadings({ ...quiet, ...rates }, kernel).map(({ stage, where, counter, value }) => [stage, where, counter, value]);
  const nic = { name: 'eth2', queuesPps: {}, interrupts: [] };

  it('says nothing where nothing is lost', () => {
    expect(stages({ udpPps: { 'Udp.InDatagrams': 5, 'Udp.InErrors': 0 }, cpus: [{ cpu: 0, softirq: 0.89 }] })).toEqual([]);
  });

  it('reads the rows of a pair in the order of the path', () => {
    expect(dropReadings(liveRates(before, after), '6.18.0').map(({ stage }) => stage)).toEqual(['nicRing', 'interface', 'softirq', 'backlog', 'udp']);
  });

  it.each([
    [
      'interface',
      { interfaces: [{ ...nic, sysfsPps: { rx_nohandler: 2, rx_dropped: 0 }, ringDropsPps: {} }] },
      ['interface', 'eth2', 'rx_nohandler', 2],
    ],
    ['softirq', { cpus: [{ cpu: 4, softirq: 0.97 }] }, ['softirq', 'CPU 4', '/proc/stat softirq', 0.97]],
    ['backlog', { cpus: [{ cpu: 1, droppedPps: 3 }] }, ['backlog', 'CPU 1', 'softnet_stat dropped', 3]],
    ['no port', { udpPps: { 'Udp.NoPorts': 4 } }, ['noPort', 'IPv4', 'Udp.NoPorts', 4]],
    ['checksum', { udpPps: { 'Udp6.InCsumErrors': 4, 'Udp6.InErrors': 4 } }, ['checksum', 'IPv6', 'Udp6.InCsumErrors', 4]],
    ['memory', { udpPps: { 'Udp.MemErrors': 4, 'Udp.InErrors': 4 } }, ['memory', 'IPv4', 'Udp.MemErrors', 4]],
    ['send buffer', { udpPps: { 'Udp.SndbufErrors': 4 } }, ['sendBuffer', 'IPv4', 'Udp.SndbufErrors', 4]],
  ])('%s: one counter, one line', (_, rates, expected) => expect(stages(rates)).toEqual([expected]));

  it('lets the largest of several names for a full ring stand for all', () => {
    const eth2 = { ...nic, sysfsPps: { rx_missed_errors: 300, rx_dropped: 0 }, ringDropsPps: { rx_nodesc_drop_cnt: 451, rx_no_buffer: 0 } };
    expect(stages({ interfaces: [eth2] })).toEqual([['nicRing', 'eth2', 'rx_nodesc_drop_cnt', 451]]);
  });

  it('never adds InErrors and RcvbufErrors', () => {
    const udpPps = { 'Udp.InErrors': 386_900, 'Udp.RcvbufErrors': 123_800 };
    const sockets = [{ family: 'IPv4' as const, localPort: 4321, inode: 1, rxQueueBytes: 0, dropsPps: 1 }];
    expect(stages({ udpPps, sockets }, '3.13.0-44-generic')).toEqual([['socketBuffer', 'port 4321', 'Udp.InErrors', 386_900]]);
    expect(stages({ udpPps }, '6.18.0')).toEqual([
      ['socketBuffer', 'IPv4', 'Udp.RcvbufErrors', 123_800],
      ['udp', 'IPv4', 'Udp.InErrors', 263_100],
    ]);
    expect(stages({ udpPps: { 'Udp.InErrors': 1000, 'Udp.RcvbufErrors': 999 } })).toHaveLength(1);
  });

  it('has sentences that fit a terminal of 100 columns', () => {
    const counters = ['NoPorts', 'InErrors', 'RcvbufErrors', 'SndbufErrors', 'InCsumErrors', 'MemErrors'];
    const interfaces = [{ ...nic, sysfsPps: { rx_missed_errors: 1, rx_dropped: 1, rx_nohandler: 1 }, ringDropsPps: {} }];
    const udpPps = Object.fromEntries(counters.map((name) => [`Udp.${name}`, name === 'InErrors' ? 9 : 1]));
    const all = ['3.13.0', '6.18.0'].flatMap((kernel) =>
      dropReadings({ ...quiet, interfaces, udpPps, cpus: [{ cpu: 127, softirq: 1, droppedPps: 1 }] }, kernel),
    );
    expect(new Set(all.map(({ stage }) => stage)).size).toBe(10);
    for (const { meaning, advice } of all) {
      expect(meaning.length).toBeLessThanOrEqual(95);
      expect(advice.length).toBeLessThanOrEqual(90);
    }
  });
});
