import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/experiment/experiment.js';
import type { LossPlace } from '../../src/experiment/outcome.js';
import { parseEthtoolStatistics } from '../../src/host/parse-ethtool-statistics.js';
import { explain, lossEvidence, nicCounterNames, predict } from '../../src/model/index.js';
import { article } from '../../src/records/article.js';
import { labHost } from './hosts.js';

const experiment = (id: string) => article.experiments[id] as Experiment;
const counters = (id: string, changes: Partial<typeof article.host> = {}) => predict(experiment(id), { ...article.host, ...changes }).countersPps;

describe('counters as the kernel release has them', () => {
  it('InErrors exceed RcvbufErrors before 3.16, and equal them since', () => {
    const at = (kernelRelease: string) => counters('many-queues-one-reader', { kernelRelease });
    for (const release of ['3.13', '3.15']) expect(at(release).InErrors).toBeGreaterThan(2 * (at(release).RcvbufErrors ?? 0));
    for (const release of ['3.16', '4.19', '5.10', '6.18']) {
      expect(at(release).InErrors).toBeGreaterThan(100_000);
      expect(at(release).RcvbufErrors).toBe(at(release).InErrors);
    }
  });

  it('MemErrors exist since 5.11', () => {
    expect(counters('pinned', { kernelRelease: '5.10' })).not.toHaveProperty('MemErrors');
    expect(counters('pinned', { kernelRelease: '5.11' }).MemErrors).toBe(0);
  });
});

describe('softnet_stat', () => {
  it('counts what each CPU takes in, and squeezes only where a ring never runs empty', () => {
    const full = predict(experiment('two-senders-one-ip'), article.host);
    expect(full.countersPps['softnet_stat.cpu4.processed']).toBeCloseTo(full.queues[0]?.servicedPps ?? 0, 3);
    expect(full.countersPps['softnet_stat.cpu4.time_squeeze']).toBeCloseTo((full.queues[0]?.servicedPps ?? 0) / 320, 3);
    expect(full.countersPps['softnet_stat.cpu4.dropped']).toBe(0);
    const { countersPps } = predict(experiment('place-same-cpu'), { ...article.host, costs: { ...article.host.costs } });
    expect(countersPps['softnet_stat.cpu4.time_squeeze']).toBe(0);
  });

  it('is the sending CPU’s on veth', () => {
    const { countersPps, deliveredPps } = predict(experiment('pinned'), labHost(4));
    const processed = Object.entries(countersPps).filter(([name]) => name.endsWith('.processed'));
    expect(processed).toHaveLength(1);
    expect(processed[0]?.[1]).toBeCloseTo(deliveredPps + (countersPps.InErrors ?? 0), 3);
    expect(Object.keys(countersPps).filter((name) => name.endsWith('time_squeeze'))).toEqual([]);
  });

  it('adds up to the packets of the queues', () => {
    const { countersPps } = predict(experiment('reuseport-four'), article.host);
    const sum = (pattern: RegExp) => Object.entries(countersPps).reduce((total, [name, pps]) => total + (pattern.test(name) ? pps : 0), 0);
    expect(sum(/processed$/)).toBeCloseTo(sum(/rx_packets$/), 3);
  });
});

describe('counters of the driver', () => {
  it.each([
    ['sfc', 'ethtool-sfc.txt'],
    ['ixgbe', 'ethtool-ixgbe.txt'],
    ['mlx5_core', 'ethtool-mlx5.txt'],
    ['virtio_net', 'ethtool-virtio.txt'],
  ])('are those that %s prints', (driver, file) => {
    const text = readFileSync(new URL(`../host/fixtures/${file}`, import.meta.url), 'utf8');
    expect(text).toContain(` ${nicCounterNames(driver).queuePackets(0)}:`);
    if (driver !== 'virtio_net') expect(text).toContain(` ${nicCounterNames(driver).ringDrops}:`);
  });

  it.each(['sfc', 'igb', 'ixgbe', 'mlx5_core', 'virtio_net', 'ena'])('are understood by the reader of live counters: %s', (driver) => {
    const { ringDrops, queuePackets } = nicCounterNames(driver);
    expect(parseEthtoolStatistics(`${ringDrops}: 5\n${queuePackets(3)}: 7`)).toEqual({
      queuePackets: { 3: 7 },
      ringDrops: { [ringDrops]: 5 },
    });
  });

  it('carry the same rates under another name', () => {
    const mlx5 = counters('two-senders-one-ip', { nicDriver: 'mlx5_core' });
    expect(mlx5.rx_out_of_buffer).toBe(counters('two-senders-one-ip').rx_nodesc_drop_cnt);
    expect(mlx5).not.toHaveProperty('rx_nodesc_drop_cnt');
    expect(mlx5.rx4_packets).toBeGreaterThan(300_000);
  });
});

describe('the counter that proves a loss', () => {
  // net/ipv4/udp.c of these releases, net/core/net-procfs.c, and the drivers' tables.
  it.each<[LossPlace, string, string]>([
    ['socketBuffer', '3.10', 'Udp.InErrors'],
    ['socketBuffer', '3.15', 'Udp.InErrors'],
    ['socketBuffer', '3.16', 'Udp.RcvbufErrors'],
    ['socketBuffer', '6.18', 'Udp.RcvbufErrors'],
    ['memory', '5.10', 'Udp.InErrors'],
    ['memory', '5.11', 'Udp.MemErrors'],
    ['checksum', '3.9', 'Udp.InErrors'],
    ['checksum', '3.10', 'Udp.InCsumErrors'],
    ['noPort', '3.13', 'Udp.NoPorts'],
    ['sendBuffer', '6.18', 'Udp.SndbufErrors'],
    ['backlog', '6.18', 'softnet_stat dropped'],
    ['nicRing', '3.13', 'rx_nodesc_drop_cnt'],
  ])('of %s on %s is %s', (place, kernelRelease, counter) => {
    expect(lossEvidence(place, { kernelRelease, receivePath: 'physical-nic' }).counter).toBe(counter);
  });

  it('grows by the loss itself, on every kernel and every configuration of the article', () => {
    for (const kernelRelease of ['3.13', '4.19', '6.18']) {
      for (const each of Object.values(article.experiments)) {
        const host = { ...article.host, kernelRelease };
        const { countersPps } = predict(each, host);
        for (const { counter, pps } of explain(each, host).deaths) expect(countersPps[counter.replace('Udp.', '')]).toBeCloseTo(pps, 3);
      }
    }
  });
});
