import { PacketQueue } from './packet-queue.js';
import { ticksOf, ticksPerNs } from './ticks.js';

/** A CPU that has left a socket alone for so long contends for it no more [assumed]. */
const contentionTicks = 1e6 * ticksPerNs;

/** A reader that can be woken. */
export interface Sleeper {
  wake(now: number): void;
}

/**
 * One socket: its buffer, the readers asleep on it, and the CPUs that used it of late. predict counts every CPU that ever
 * uses a socket as contending for it; here only those do that used it within the last millisecond.
 */
export class Socket {
  /** Packets that found the buffer full, and packets read. */
  lost = 0;
  delivered = 0;
  /** Processor that read last. */
  lastReader: number;
  private readonly packets: PacketQueue;
  private reserved = 0;
  private readonly sleepers: Sleeper[] = [];
  private noWakeUpBefore = 0;
  private readonly producedAt: Float64Array;
  private readonly readAt: Float64Array;
  private readonly wakeLatencyTicks: number;

  constructor(
    private readonly producers: number[],
    private readonly readers: number[],
    processors: number,
    bufferPackets: number,
    wakeLatencyNs: number,
  ) {
    this.packets = new PacketQueue(bufferPackets);
    this.lastReader = readers[0] ?? 0;
    this.producedAt = new Float64Array(processors).fill(Number.NEGATIVE_INFINITY);
    this.readAt = new Float64Array(processors).fill(Number.NEGATIVE_INFINITY);
    this.wakeLatencyTicks = ticksOf(wakeLatencyNs);
  }

  get length(): number {
    return this.packets.length;
  }

  /** A softirq looks whether there is room for its packet, and has it for certain if so. */
  reserve(processor: number, now: number): boolean {
    this.producedAt[processor] = now;
    if (this.packets.length + this.reserved >= this.packets.capacity) return false;
    this.reserved++;
    return true;
  }

  /** Puts a packet in its reserved place. @returns whether a sleeping reader had to be woken */
  put(flow: number, now: number): boolean {
    this.reserved--;
    this.packets.push(flow);
    // Packets that come while a reader is on its way need no wake-up of their own: see stages/wake-up.ts.
    if (this.sleepers.length === 0 || now < this.noWakeUpBefore) return false;
    this.noWakeUpBefore = now + this.wakeLatencyTicks;
    this.sleepers.shift()?.wake(now);
    return true;
  }

  /** A reader takes the first packet. @returns its flow */
  take(processor: number, now: number): number {
    this.readAt[processor] = now;
    this.lastReader = processor;
    return this.packets.shift();
  }

  sleep(reader: Sleeper): void {
    this.sleepers.push(reader);
  }

  /** CPUs that use the socket beside one producer and one reader, as in solve/set-rates.ts. */
  otherCpus(now: number): number {
    return Math.max(0, recent(this.producers, this.producedAt, now) - 1) + Math.max(0, recent(this.readers, this.readAt, now) - 1);
  }
}

function recent(processors: number[], times: Float64Array, now: number): number {
  let count = 0;
  for (let index = 0; index < processors.length; index++) {
    if ((times[processors[index] as number] as number) >= now - contentionTicks) count++;
  }
  return count;
}
