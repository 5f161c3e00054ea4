import { readFileSync } from 'node:fs';
import { type HardwareDevice, hardwareDevice } from './hardware-device.js';
import type { InterfaceCounters, LiveCounters } from './live-counters.js';
import { type DriverCounters, parseEthtoolStatistics } from './parse-ethtool-statistics.js';
import { type InterruptRow, parseInterrupts } from './parse-interrupts.js';
import { parseNetDev } from './parse-net-dev.js';
import { parseProcStat } from './parse-proc-stat.js';
import { parseSnmp } from './parse-snmp.js';
import { parseSnmp6 } from './parse-snmp6.js';
import { parseSoftnetStat } from './parse-softnet-stat.js';
import { parseUdpSockets } from './parse-udp-sockets.js';
import { runCommand } from './run-command.js';

/** What sysfs tells apart and /proc/net/dev adds up. */
const sysfsNames = ['rx_packets', 'rx_dropped', 'rx_missed_errors', 'rx_fifo_errors', 'rx_nohandler'];

/**
 * Reads what a live host counts, in the network namespace of this process, without privileges and without changing anything.
 *
 * @param all also the loopback interface
 * @param ethtool where ethtool is, or null
 */
export function readLiveCounters({ all, ethtool }: { all: boolean; ethtool: string | null }): LiveCounters {
  const atMs = performance.now();
  const snmp = textOf('/proc/net/snmp');
  const softnet = textOf('/proc/net/softnet_stat');
  return {
    atMs,
    udp: { ...(snmp.includes('\nUdp: ') ? parseSnmp(snmp, ['Udp']) : {}), ...parseSnmp6(textOf('/proc/net/snmp6')) },
    softnet: softnet ? parseSoftnetStat(softnet) : [],
    cpuTicks: parseProcStat(textOf('/proc/stat')),
    sockets: [
      ...parseUdpSockets(textOf('/proc/net/udp')).map((socket) => ({ family: 'IPv4' as const, ...socket })),
      ...parseUdpSockets(textOf('/proc/net/udp6')).map((socket) => ({ family: 'IPv6' as const, ...socket })),
    ],
    interfaces: readInterfaces(all, ethtool),
  };
}

function readInterfaces(all: boolean, ethtool: string | null): InterfaceCounters[] {
  const before = textOf('/proc/net/dev');
  const names = interfaceNames(before).filter((name) => all || name !== 'lo');
  const sysfs = new Map(names.map((name) => [name, readSysfs(name)]));
  const after = textOf('/proc/net/dev');
  const interrupts = parseInterrupts(textOf('/proc/interrupts'));
  const remaining = new Set(interfaceNames(after));
  return names
    .filter((name) => remaining.has(name))
    .map((name) => {
      const { rxPackets: least = 0 } = parseNetDev(before, name);
      const { rxPackets = 0, rxDropped = 0 } = parseNetDev(after, name);
      const { rx_packets: sysfsPackets = -1, ...apart } = sysfs.get(name) ?? {};
      // After nsenter --net, sysfs still shows another namespace, perhaps with an interface of the same name.
      const isSysfsOurs = sysfsPackets >= least && sysfsPackets <= rxPackets;
      const device = isSysfsOurs ? hardwareDevice(name) : null;
      return {
        name,
        counters: { packets: rxPackets, drop: rxDropped, ...(isSysfsOurs ? apart : {}) },
        interrupts: interrupts.filter((row) => isOf(row, name, device)),
        ...(device && ethtool ? readDriver(ethtool, name) : { queuePackets: {}, ringDrops: {} }),
      };
    });
}

function interfaceNames(netDev: string): string[] {
  return [...netDev.matchAll(/^\s*(\S+?):/gm)].map(([, name = '']) => name);
}

function readSysfs(name: string): Record<string, number> {
  return Object.fromEntries(
    sysfsNames
      .map((counter) => [counter, textOf(`/sys/class/net/${name}/statistics/${counter}`)] as const)
      .flatMap(([counter, text]) => (text ? [[counter, Number(text)]] : [])),
  );
}

/** What ethtool prints; virtual interfaces are not asked, for each question starts a process. */
function readDriver(ethtool: string, name: string): DriverCounters {
  try {
    return parseEthtoolStatistics(runCommand([ethtool, '-S', name]));
  } catch {
    return { queuePackets: {}, ringDrops: {} }; // The driver offers no statistics.
  }
}

function isOf({ irq, name }: InterruptRow, interfaceName: string, device: HardwareDevice | null): boolean {
  if (!device) return false;
  return device.irqs.includes(irq) || name.split(/[\s@-]/).some((word) => word === interfaceName || word === device.id);
}

/** The text of a file, empty when this kernel or this user has none. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
