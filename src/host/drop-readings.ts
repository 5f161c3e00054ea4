import type { LossPlace } from '../experiment/index.js';
import { socketDropCounter } from '../model/index.js';
import type { InterfaceRates, LiveRates } from './live-rates.js';

/** Where a live host loses packets or is about to: what proves it, what it means, and what to try. */
export interface DropReading {
  /** A place of the packet account, or what the account has no name for. */
  stage: LossPlace | 'interface' | 'softirq' | 'udp';
  /** Interface, CPU or socket. */
  where: string;
  /** The counter that proves it. */
  counter: string;
  value: number;
  unit: 'per second' | 'share of time';
  meaning: string;
  advice: string;
}

/** From this share of softirq time on a CPU has no room for more packets. */
const saturatedShare = 0.9;

/**
 * One reading for each kind of drop that grew, in the order in which a packet meets the stages. Several counters may count
 * the same packet, so their values are never added up.
 *
 * @source net/ipv4/udp.c, net/core/dev.c, net/core/net-procfs.c (3.13 to 6.18); commit 3e215c8d1b6b (3.16) and
 *   a3ce2b109a59 (5.11) for what InErrors and RcvbufErrors hold
 */
export function dropReadings(rates: LiveRates, kernelRelease: string): DropReading[] {
  return [
    ...rates.interfaces.flatMap(interfaceReadings),
    ...rates.cpus.flatMap(({ cpu, softirq = 0 }) =>
      softirq < saturatedShare
        ? []
        : [
            {
              stage: 'softirq' as const,
              where: `CPU ${cpu}`,
              counter: '/proc/stat softirq',
              value: softirq,
              unit: 'share of time' as const,
              meaning: `CPU ${cpu} is ${Math.round(softirq * 100)} % softirq: one queue is one CPU, and this one has no room for more.`,
              advice: 'spread flows over more RX queues or destination addresses; keep the reader off this CPU.',
            },
          ],
    ),
    ...rates.cpus.flatMap(({ cpu, droppedPps = 0 }) =>
      grows(
        'backlog',
        `CPU ${cpu}`,
        'softnet_stat dropped',
        droppedPps,
        'The per-CPU backlog is full: RPS, veth or loopback brings more than this CPU handles.',
        'more CPUs in rps_cpus or more queues; for bursts a larger net.core.netdev_max_backlog.',
      ),
    ),
    ...['Udp', 'Udp6'].flatMap((protocol) => udpReadings(protocol, rates, kernelRelease)),
  ];
}

function grows(stage: DropReading['stage'], where: string, counter: string, value: number, meaning: string, advice: string): DropReading[] {
  return value > 0 ? [{ stage, where, counter, value, unit: 'per second', meaning, advice }] : [];
}

function interfaceReadings({ name, rxDropsPps = 0, sysfsPps, ringDropsPps }: InterfaceRates): DropReading[] {
  const { rx_missed_errors = 0, rx_fifo_errors = 0, rx_dropped = rxDropsPps, rx_nohandler = 0 } = sysfsPps;
  // Drivers report the same loss under several names; the one that counted most stands for all.
  const [ringCounter, ringPps] = Object.entries({ rx_missed_errors, rx_fifo_errors, ...ringDropsPps }).reduce((most, next) =>
    next[1] > most[1] ? next : most,
  );
  return [
    ...grows(
      'nicRing',
      name,
      ringCounter,
      ringPps,
      'The RX ring is full: the CPU that polls this queue cannot take packets out fast enough.',
      'spread flows over more queues; for bursts a larger ring (ethtool -G); see softirq %.',
    ),
    ...grows(
      'interface',
      name,
      'rx_dropped',
      rx_dropped,
      'Dropped at the interface: backlog full, out of memory, or a protocol that nobody handles.',
      'never add it to the ring or softnet_stat dropped: these may be the same packets.',
    ),
    ...grows(
      'interface',
      name,
      'rx_nohandler',
      rx_nohandler,
      'The interface is an inactive member of a bond or team: nobody is meant to receive there.',
      'let the switch send to the active member only.',
    ),
  ];
}

function udpReadings(protocol: string, { udpPps, sockets }: LiveRates, kernelRelease: string): DropReading[] {
  const counter = (name: string) => `${protocol}.${name}`;
  const pps = (name: string) => udpPps[counter(name)] ?? 0;
  const family = protocol === 'Udp' ? 'IPv4' : 'IPv6';
  const ports = [...new Set(sockets.filter((socket) => socket.family === family).map(({ localPort }) => localPort))];
  const where = ports.length ? `port ${ports.slice(0, 3).join(', ')}${ports.length > 3 ? ' …' : ''}` : family;
  const [inErrors, full, checksum, memory] = [pps('InErrors'), pps('RcvbufErrors'), pps('InCsumErrors'), pps('MemErrors')];
  const countsAlike = socketDropCounter(kernelRelease) === 'RcvbufErrors';
  // InErrors already holds the other three. Their sums are not read at one instant, so a hundredth is no difference.
  const remainder = Math.max(0, inErrors - full - checksum - memory);
  const rest = remainder > inErrors / 100 ? remainder : 0;
  return [
    ...grows(
      'noPort',
      family,
      counter('NoPorts'),
      pps('NoPorts'),
      'No socket listens on the port they were sent to.',
      'start the receiver, or stop the sender; each answer costs an ICMP packet.',
    ),
    ...grows(
      'checksum',
      family,
      counter('InCsumErrors'),
      checksum,
      'Damaged on the way: the UDP checksum is wrong.',
      'look at cables, NIC and checksum offload (ethtool -k).',
    ),
    ...grows(
      'memory',
      where,
      counter('MemErrors'),
      memory,
      'All UDP sockets together reached the memory limit.',
      'a larger net.ipv4.udp_mem, or smaller socket buffers.',
    ),
    ...grows(
      'socketBuffer',
      where,
      counter(socketDropCounter(kernelRelease)),
      countsAlike ? full : Math.max(0, inErrors - checksum),
      countsAlike
        ? 'The socket receive buffer is full: the reader is too slow, or stalls now and then.'
        : 'The socket buffer is full: before 3.16 InErrors counts all of it, RcvbufErrors only a part.',
      'recvmmsg, a CPU of its own, more sockets (SO_REUSEPORT); for stalls a larger SO_RCVBUF.',
    ),
    ...(countsAlike
      ? grows(
          'udp',
          where,
          counter('InErrors'),
          rest,
          'InErrors beyond RcvbufErrors, which it contains: other reasons (before 5.11 also udp_mem).',
          'look at net.ipv4.udp_mem and at filters of the socket; never add the two counters.',
        )
      : []),
    ...grows(
      'sendBuffer',
      family,
      counter('SndbufErrors'),
      pps('SndbufErrors'),
      'The send buffer is full: this host sends faster than its interface takes packets.',
      'a slower sender, a larger SO_SNDBUF, or more transmit queues.',
    ),
  ];
}
