import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCpuList, parseNetDev, parseProcStat, parseSnmp, parseSoftnetStat } from '../../src/host/index.js';

const fixture = (name: string) => readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8');

describe('parseSnmp', () => {
  it('reads the counters of this decade', () => {
    const counters = parseSnmp(fixture('snmp-6.18.txt'), ['Ip', 'Udp']);
    expect(counters['Udp.InErrors']).toBe(counters['Udp.RcvbufErrors']);
    expect(counters).toHaveProperty(['Udp.MemErrors']);
    expect(Object.keys(counters).every((name) => /^(Ip|Udp)\./.test(name))).toBe(true);
  });

  it('leaves out what an old kernel does not count', () => {
    const counters = parseSnmp(fixture('snmp-3.13.txt'), ['Udp']);
    expect(counters).toMatchObject({ 'Udp.InDatagrams': 437000, 'Udp.InErrors': 386900, 'Udp.RcvbufErrors': 123800 });
    expect(counters).not.toHaveProperty(['Udp.MemErrors']);
  });

  it('says which protocol is missing', () => {
    expect(() => parseSnmp('Tcp: A\nTcp: 1\n', ['Udp'])).toThrow(/parseSnmp: text must hold Udp/);
  });
});

describe('parseSoftnetStat', () => {
  it('takes the CPU from column 13 where the kernel prints it', () => {
    expect(parseSoftnetStat(fixture('softnet-stat-6.18.txt')).map(({ cpu }) => cpu)).toEqual([0, 1]);
    const swapped = fixture('softnet-stat-6.18.txt').trim().split('\n').reverse().join('\n');
    expect(parseSoftnetStat(swapped).map(({ cpu }) => cpu)).toEqual([1, 0]);
  });

  it('counts rows where it does not', () => {
    expect(parseSoftnetStat(fixture('softnet-stat-3.13.txt'))).toEqual([
      { cpu: 0, processed: 0xb1e31, dropped: 10, timeSqueeze: 47, receivedRps: 7 },
      { cpu: 1, processed: 0xc2d4, dropped: 0, timeSqueeze: 1, receivedRps: 0 },
    ]);
  });

  it('refuses what is no softnet_stat', () => {
    expect(() => parseSoftnetStat('hello world')).toThrow(RangeError);
  });
});

describe('parseProcStat', () => {
  it('reads one row a CPU and not their sum', () => {
    const rows = parseProcStat(fixture('proc-stat-6.18.txt'));
    expect(rows.map(({ cpu }) => cpu)).toEqual([0, 1]);
    expect(rows.every(({ idle }) => idle > 0)).toBe(true);
  });

  it('takes each column for what it is', () => {
    expect(parseProcStat('cpu  9 9 9 9 9 9 9 9\ncpu3 1 2 3 4 5 6 7 8 0 0\n')).toEqual([
      { cpu: 3, user: 3, system: 3, idle: 4, iowait: 5, irq: 6, softirq: 7, steal: 8 },
    ]);
  });
});

describe('parseNetDev', () => {
  it('reads a device by name', () => {
    const loopback = parseNetDev(fixture('net-dev-6.18.txt'), 'lo');
    expect(loopback.rxPackets).toBe(loopback.txPackets);
    expect(loopback.rxPackets).toBeGreaterThan(0);
  });

  it('says which device is missing', () => {
    expect(() => parseNetDev(fixture('net-dev-6.18.txt'), 'eth7')).toThrow(/got eth7/);
  });
});

describe('parseCpuList', () => {
  it('expands ranges', () => expect(parseCpuList('0-2,8,10-11\n')).toEqual([0, 1, 2, 8, 10, 11]));
  it('takes an empty list', () => expect(parseCpuList('\n')).toEqual([]));
  it('refuses anything else', () => expect(() => parseCpuList('a-b')).toThrow(RangeError));
});
