import type { DriverCounters } from './parse-ethtool-statistics.js';
import type { InterruptRow } from './parse-interrupts.js';
import type { CpuTicks } from './parse-proc-stat.js';
import type { SoftnetRow } from './parse-softnet-stat.js';
import type { UdpSocket } from './parse-udp-sockets.js';

/** One interface's cumulative counters. */
export interface InterfaceCounters extends DriverCounters {
  name: string;
  /** `packets` and `drop` of /proc/net/dev; beside them what sysfs tells apart, such as `rx_missed_errors`. */
  counters: Record<string, number>;
  interrupts: InterruptRow[];
}

/** A UDP socket and its address family. */
export interface LiveSocket extends UdpSocket {
  family: 'IPv4' | 'IPv6';
}

/** One reading of what a live host counts. What cannot be read here is absent or empty. */
export interface LiveCounters {
  /** Time of the reading on a clock that never jumps. */
  atMs: number;
  interfaces: InterfaceCounters[];
  softnet: SoftnetRow[];
  cpuTicks: CpuTicks[];
  /** `Udp.InErrors`, `Udp6.InErrors` and the like, of this network namespace. */
  udp: Record<string, number>;
  sockets: LiveSocket[];
}
