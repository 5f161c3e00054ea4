import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEthtoolStatistics, parseInterrupts, parseSnmp6, parseUdpSockets } from '../../src/host/index.js';

const fixture = (name: string) => readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8');

describe('parseUdpSockets', () => {
  it('reads port, waiting bytes and drops', () => {
    expect(parseUdpSockets(fixture('udp-6.18.txt'))).toEqual([
      { localPort: 53, rxQueueBytes: 0, inode: 20011, drops: 0 },
      { localPort: 4321, rxQueueBytes: 212_992, inode: 31337, drops: 123_800 },
    ]);
  });

  it('reads IPv6', () => expect(parseUdpSockets(fixture('udp6-6.18.txt'))).toEqual([{ localPort: 4321, rxQueueBytes: 832, inode: 31338, drops: 7 }]));
  it('takes a host without sockets', () => expect(parseUdpSockets('  sl  local_address\n')).toEqual([]));
  it('refuses what is no such table', () => expect(() => parseUdpSockets('head\n1 2 3')).toThrow(/parseUdpSockets: row must have 13 columns/));
});

describe('parseSnmp6', () => {
  it('keeps UDP alone', () => {
    expect(parseSnmp6('Ip6InReceives    1\nUdp6InDatagrams  \t7\nUdp6RcvbufErrors\t2\nUdpLite6InErrors 3\n')).toEqual({
      'Udp6.InDatagrams': 7,
      'Udp6.RcvbufErrors': 2,
    });
  });
});

describe('parseInterrupts', () => {
  it('reads numbered lines by CPU', () => {
    const rows = parseInterrupts(fixture('interrupts-6.18.txt'));
    expect(rows.map(({ irq }) => irq)).toEqual([37, 38, 39, 41, 42]);
    expect(rows[1]).toEqual({
      irq: 38,
      name: expect.stringMatching(/virtio2-input\.0$/),
      counts: [
        { cpu: 0, count: 0 },
        { cpu: 1, count: expect.any(Number) },
      ],
    });
  });

  it('names the CPUs that the head names', () => {
    expect(parseInterrupts('      CPU0  CPU7\n 9:  1  2  IO-APIC eth0-rx-3\n')[0]?.counts).toEqual([
      { cpu: 0, count: 1 },
      { cpu: 7, count: 2 },
    ]);
  });
});

describe('parseEthtoolStatistics', () => {
  it('reads sfc, the NIC of the article', () => {
    const { queuePackets, ringDrops } = parseEthtoolStatistics(fixture('ethtool-sfc.txt'));
    expect(ringDrops).toEqual({ rx_nodesc_drop_cnt: 902_600 });
    expect(queuePackets).toMatchObject({ 0: 16, 4: 710_400, 10: 0 });
    expect(Object.keys(queuePackets)).toHaveLength(11);
  });

  it.each([
    ['ethtool-ixgbe.txt', { 0: 1_000_000, 1: 500 }, { rx_missed_errors: 300, rx_no_buffer_count: 0, rx_no_dma_resources: 250 }],
    ['ethtool-mlx5.txt', { 0: 900_000, 11: 100 }, { rx_out_of_buffer: 4100, rx_discards_phy: 12 }],
    ['ethtool-virtio.txt', { 0: 61_598 }, { rx_queue_0_drops: 9 }],
  ])('%s', (name, queuePackets, ringDrops) => expect(parseEthtoolStatistics(fixture(name))).toEqual({ queuePackets, ringDrops }));

  it('leaves out what it does not know', () => {
    expect(parseEthtoolStatistics('no stats available\n')).toEqual({ queuePackets: {}, ringDrops: {} });
  });
});
