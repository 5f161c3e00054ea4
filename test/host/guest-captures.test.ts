import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEthtoolStatistics, parseInterrupts, parseSnmp, parseSoftnetStat, parseUdpSockets, readTopology } from '../../src/host/index.js';
import { type Flow, rxQueue } from '../../src/model/index.js';
import { driverSettings } from '../../src/targets/agent/tuning/driver-settings.js';
import { interruptQueue } from '../../src/targets/agent/tuning/interrupt-queue.js';

/** What one guest printed, by moment and command, and what the kit read and did there. */
function guest(kernel: string) {
  const folder = path.join(import.meta.dirname, `fixtures/guest-${kernel}`);
  const printed = (moment: string, command: string) => {
    const text = readFileSync(path.join(folder, `${moment}.txt`), 'utf8');
    const [, rest = ''] = text.split(`$ ${command}\n`);
    return rest.split(/^\$ /m)[0] ?? '';
  };
  const text = readFileSync(path.join(folder, 'as-booted.txt'), 'utf8');
  const commands = [...text.matchAll(/^\$ (.*)$/gm)].map(([, command = '']) => command);
  return { printed, commands, kit: JSON.parse(readFileSync(path.join(folder, 'kit.json'), 'utf8')) };
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0);

describe.each(['6.1', '6.12'])('a captured guest of two packages with Linux %s', (kernel) => {
  const { printed, commands, kit } = guest(kernel);

  it('has the cores, hyper-threads and nodes that /sys says, on our reading of the files and on the kit’s own over there', () => {
    const sys = mkdtempSync(path.join(os.tmpdir(), 'mpps-sys-'));
    try {
      for (const command of commands.filter((each) => each.startsWith('cat /sys/devices/'))) {
        const file = path.join(sys, command.slice('cat /sys/'.length));
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, printed('as-booted', command));
      }
      const cpus = readTopology(sys);
      expect(cpus.map(({ core, node }) => [core, node])).toEqual([0, 0, 1, 1, 2, 2, 3, 3].map((core) => [core, Math.floor(core / 2)]));
      expect(kit['describe eth0'].cpus).toEqual(cpus);
      expect([kit['describe eth0'].nic.node, Number(printed('as-booted', 'cat /sys/class/net/eth0/device/../numa_node'))]).toEqual([1, 1]);
    } finally {
      rmSync(sys, { recursive: true, force: true });
    }
  });

  it('counts every packet: sent = delivered + dropped at the socket, by SNMP and by the socket itself', () => {
    const udp = parseSnmp(printed('tuned-hash', 'cat /proc/net/snmp'), ['Udp']);
    const sent = sum(kit.flows.map(({ packets }: { packets: number }) => packets));
    expect(udp['Udp.RcvbufErrors']).toBeGreaterThan(0);
    expect(udp['Udp.InDatagrams']! + udp['Udp.RcvbufErrors']!).toBe(2 * sent);
    expect(parseUdpSockets(printed('tuned-hash', 'cat /proc/net/udp'))).toMatchObject([{ localPort: 4321, drops: udp['Udp.RcvbufErrors'] }]);
    expect(sum(Object.values<number>(kit.received[1]))).toBe(sent - udp['Udp.RcvbufErrors']!);
  });

  it('names all CPUs in softnet_stat', () => {
    const rows = parseSoftnetStat(printed('tuned-hash', 'cat /proc/net/softnet_stat'));
    expect(rows.map(({ cpu }) => cpu)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(rows.find(({ cpu }) => cpu === 6)!.receivedRps).toBeGreaterThan(0);
  });

  it('tells interrupts of receive queues from those of transmission', () => {
    const rows = parseInterrupts(printed('as-booted', 'cat /proc/interrupts'));
    const queues = (device: string) => rows.filter(({ name }) => name.includes(device)).flatMap(({ irq, name }) => [[interruptQueue(name), irq]]);
    expect(queues('virtio1-input')).toEqual([0, 1, 2, 3].map((queue) => [queue, 35 + 2 * queue]));
    expect([...queues('virtio1-output'), ...queues('eth1-tx')].map(([queue]) => queue)).toEqual([null, null, null, null, null]);
    expect(kit['tune eth0'].changes).toContain('irq-affinity: /proc/irq/37/smp_affinity_list: 3-5 -> 5');
    expect(kit['tune eth1'].changes).toContain('irq-affinity: /proc/irq/43/smp_affinity_list: 0-7 -> 4');
    expect(printed('tuned', 'cat /proc/irq/37/smp_affinity_list').trim()).toBe('5');
  });

  it('accepts and refuses what its drivers do, in their words', () => {
    const refused = (card: string) => kit[`tune ${card}`].changes.filter((line: string) => /: not changed: Cannot/.test(line));
    expect(refused('eth0')).toEqual(['coalescing: not changed: Cannot set device coalesce parameters: Operation not supported']);
    expect(refused('eth1')).toEqual([
      'channels: not changed: Cannot get device channel parameters: Operation not supported',
      'hash-key: not changed: Cannot get RX ring count: Operation not supported',
      'indirection-table: not changed: Cannot get RX ring count: Operation not supported',
    ]);
    const set = { '-l': driverSettings.channels, '-g': driverSettings.ring, '-n': driverSettings.hashFields } as const;
    expect(set['-l'](printed('tuned', 'ethtool -l eth0'))).toEqual(['combined', '3']);
    expect(set['-g'](printed('tuned', 'ethtool -g eth0'))).toEqual(['rx', '128']);
    expect(set['-n'](printed('tuned', 'ethtool -n eth0 rx-flow-hash udp4'))).toEqual(['rx-flow-hash', 'udp4', 'sd']);
    expect(driverSettings.spread(printed('tuned', 'ethtool -x eth0'))).toEqual(['equal', '2']);
  });

  it('has every setting back afterwards: table and key too, after the number of queues', () => {
    const settings = commands.filter((each) => /^(ethtool -[ilgcxn] |ip |cat \/proc\/(sys|irq)|cat \/sys\/class\/net\/eth0\/queues)/.test(each));
    expect(settings.length).toBeGreaterThan(40);
    for (const command of settings) expect(printed('restored', command), command).toBe(printed('as-booted', command));
  });
});

// Not as booted: there the counts by queue do not follow the key that the driver prints.
it('reaches the queues that the model computes from key, table and fields, once these were set (Linux 6.1, whose driver counts by queue)', () => {
  const { printed, kit } = guest('6.1');
  const packets = (moment: string) => parseEthtoolStatistics(printed(moment, 'ethtool -S eth0')).queuePackets;
  const flows: { packets: number; flow: Flow }[] = kit.flows.map(
    ({
      source,
      destination,
      packets,
      ...ports
    }: {
      source: string;
      destination: string;
      packets: number;
      sourcePort: number;
      destinationPort: number;
    }) => ({
      packets,
      flow: { sourceAddress: source, destinationAddress: destination, ...ports },
    }),
  );
  const printedTable = printed('tuned', 'ethtool -x eth0');
  const indirectionTable = [...printedTable.matchAll(/^\s*\d+:((?:\s+\d+)+)\s*$/gm)].flatMap(([, row = '']) => row.trim().split(/\s+/).map(Number));
  const [, , letters = ''] = driverSettings.hashFields(printed('tuned', 'ethtool -n eth0 rx-flow-hash udp4')) ?? [];
  const nic = {
    queues: Math.max(...indirectionTable) + 1,
    hashFields: (['sourceAddress', 'destinationAddress', 'sourcePort', 'destinationPort'] as const).slice(0, letters.length),
    hashKey: driverSettings.hashKey(printedTable)![1]!.replaceAll(':', ''),
    indirectionTable,
  };
  expect(indirectionTable).toHaveLength(128);
  const expected: Record<number, number> = {};
  for (const { packets, flow } of flows) expected[rxQueue(nic, flow)] = (expected[rxQueue(nic, flow)] ?? 0) + packets;
  const beyond = Object.entries(packets('tuned-hash')).map(
    ([queue, count]) => count - (packets('tuned')[queue] ?? 0) - (expected[Number(queue)] ?? 0),
  );
  // A few frames are none of the flows': questions for addresses.
  expect(Math.min(...beyond)).toBeGreaterThanOrEqual(0);
  expect(sum(beyond)).toBeLessThanOrEqual(5);
});

it('knows no packets by queue where the driver has ceased to print them (virtio_net of Linux 6.12)', () => {
  expect(parseEthtoolStatistics(guest('6.12').printed('default-hash', 'ethtool -S eth0'))).toEqual({ queuePackets: {}, ringDrops: { rx_drops: 0 } });
});
