import type { InterfaceCounters, LiveCounters, LiveSocket } from './live-counters.js';
import type { CpuTicks } from './parse-proc-stat.js';

/** What an interface did a second. A counter that vanished or went backwards is absent. */
export interface InterfaceRates {
  name: string;
  rxPps?: number;
  /** Drops as /proc/net/dev adds them up. */
  rxDropsPps?: number;
  /** What sysfs tells apart. Counters may overlap: never add them. */
  sysfsPps: Record<string, number>;
  queuesPps: Record<string, number>;
  ringDropsPps: Record<string, number>;
  /** Interrupts that came, each with the CPU that took the most. */
  interrupts: { irq: number; name: string; cpu: number; perSecond: number }[];
}

/** What a CPU did. Shares are of its time and absent where the clock ticks cannot tell. */
export interface CpuRates {
  cpu: number;
  softirq?: number;
  system?: number;
  user?: number;
  steal?: number;
  processedPps?: number;
  droppedPps?: number;
  timeSqueezePerSecond?: number;
  receivedRpsPps?: number;
}

/** A socket that threw packets away. */
export interface SocketRates {
  family: LiveSocket['family'];
  localPort: number;
  inode: number;
  rxQueueBytes: number;
  dropsPps: number;
}

/** What happened between two readings, a second. */
export interface LiveRates {
  seconds: number;
  interfaces: InterfaceRates[];
  cpus: CpuRates[];
  udpPps: Record<string, number>;
  /** Only those whose drops grew, the worst first. */
  sockets: SocketRates[];
}

/**
 * The difference of two readings as rates. Counters that are missing from either, or that went backwards because a driver
 * was reset or a name was given anew, are left out of this second rather than guessed.
 *
 * @throws {RangeError} when the second reading is not later than the first
 */
export function liveRates(before: LiveCounters, after: LiveCounters): LiveRates {
  const seconds = (after.atMs - before.atMs) / 1000;
  if (!(seconds > 0)) throw new RangeError(`liveRates: after.atMs must be later than before.atMs, got ${after.atMs} and ${before.atMs}`);
  const rates = (earlier: object, later: object) =>
    Object.fromEntries(Object.entries(grown(earlier, later)).map(([name, count]) => [name, count / seconds]));
  return {
    seconds,
    interfaces: after.interfaces.flatMap((later) => {
      const earlier = before.interfaces.find(({ name }) => name === later.name);
      return earlier ? [interfaceRates(earlier, later, rates, seconds)] : [];
    }),
    cpus: cpuRates(before, after, rates),
    udpPps: rates(before.udp, after.udp),
    sockets: socketRates(before.sockets, after.sockets, seconds),
  };
}

type Rates = (earlier: object, later: object) => Record<string, number>;

/** The numbers of both records that did not go backwards, as differences. */
function grown(earlier: object, later: object): Record<string, number> {
  const old = earlier as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(later).flatMap(([name, count]) => {
      const from = old[name];
      return typeof count === 'number' && typeof from === 'number' && count >= from ? [[name, count - from]] : [];
    }),
  );
}

function interfaceRates(earlier: InterfaceCounters, later: InterfaceCounters, rates: Rates, seconds: number): InterfaceRates {
  const { packets, drop, ...sysfsPps } = rates(earlier.counters, later.counters);
  return {
    name: later.name,
    ...(packets === undefined ? {} : { rxPps: packets }),
    ...(drop === undefined ? {} : { rxDropsPps: drop }),
    sysfsPps,
    queuesPps: rates(earlier.queuePackets, later.queuePackets),
    ringDropsPps: rates(earlier.ringDrops, later.ringDrops),
    interrupts: later.interrupts.flatMap(({ irq, name, counts }) => {
      const old = earlier.interrupts.find((row) => row.irq === irq && row.name === name);
      const came = counts.flatMap(({ cpu, count }) => {
        const from = old?.counts.find((column) => column.cpu === cpu)?.count;
        return from !== undefined && count > from ? [{ cpu, count: count - from }] : [];
      });
      const [busiest] = came.toSorted((one, other) => other.count - one.count);
      return busiest ? [{ irq, name, cpu: busiest.cpu, perSecond: came.reduce((sum, { count }) => sum + count, 0) / seconds }] : [];
    }),
  };
}

function cpuRates(before: LiveCounters, after: LiveCounters, rates: Rates): CpuRates[] {
  const cpus = new Set([...after.cpuTicks, ...after.softnet].map(({ cpu }) => cpu));
  return [...cpus]
    .sort((one, other) => one - other)
    .map((number) => {
      const find = <Row extends { cpu: number }>(rows: readonly Row[]) => rows.find(({ cpu }) => cpu === number) ?? {};
      const { processed, dropped, timeSqueeze, receivedRps } = rates(find(before.softnet), find(after.softnet));
      return {
        cpu: number,
        ...timeShares(find(before.cpuTicks), find(after.cpuTicks)),
        ...(processed === undefined ? {} : { processedPps: processed }),
        ...(dropped === undefined ? {} : { droppedPps: dropped }),
        ...(timeSqueeze === undefined ? {} : { timeSqueezePerSecond: timeSqueeze }),
        ...(receivedRps === undefined ? {} : { receivedRpsPps: receivedRps }),
      };
    });
}

/** @source Documentation/filesystems/proc.rst: iowait may go backwards, and idle time with it; both then count as none */
function timeShares(earlier: Partial<CpuTicks>, later: Partial<CpuTicks>): Pick<CpuRates, 'softirq' | 'system' | 'user' | 'steal'> {
  const { softirq, system, user, steal, irq, idle = 0, iowait = 0 } = grown(earlier, later);
  if (softirq === undefined || system === undefined || user === undefined || steal === undefined || irq === undefined) return {};
  const total = softirq + system + user + steal + irq + idle + iowait;
  return total > 0 ? { softirq: softirq / total, system: system / total, user: user / total, steal: steal / total } : {};
}

function socketRates(before: readonly LiveSocket[], after: readonly LiveSocket[], seconds: number): SocketRates[] {
  const key = ({ family, localPort, inode }: LiveSocket) => `${family} ${localPort} ${inode}`;
  const earlier = new Map(before.map((socket) => [key(socket), socket.drops]));
  return after
    .flatMap((socket) => {
      const from = earlier.get(key(socket));
      const { family, localPort, inode, rxQueueBytes, drops } = socket;
      return from !== undefined && drops > from ? [{ family, localPort, inode, rxQueueBytes, dropsPps: (drops - from) / seconds }] : [];
    })
    .sort((one, other) => other.dropsPps - one.dropsPps);
}
