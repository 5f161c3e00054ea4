import { contendingCpus } from '../stages/contention.js';
import { PacketQueue } from './packet-queue.js';
import { ticksOf } from './ticks.js';

/** A reader that can be woken. */
export interface Sleeper {
  readonly processor: number;
  wake(now: number): void;
}

/**
 * One socket: its buffer, the readers asleep on it, and the CPUs that use it right now. predict counts each by its share of time.
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
  /** Packets that each processor is putting in and taking out, and processors that do. */
  private readonly fillingOn: number[];
  private readonly readingOn: number[];
  private filling = 0;
  private reading = 0;
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
    this.fillingOn = new Array<number>(processors).fill(0);
    this.readingOn = new Array<number>(processors).fill(0);
    this.wakeLatencyTicks = ticksOf(wakeLatencyNs);
  }

  get length(): number {
    return this.packets.length;
  }

  /** A softirq looks whether there is room for its packet, and has it for certain if so. */
  reserve(processor: number): boolean {
    if (this.fillingOn[processor] === 0) this.filling++;
    this.fillingOn[processor] = (this.fillingOn[processor] as number) + 1;
    if (this.packets.length + this.reserved >= this.packets.capacity) return false;
    this.reserved++;
    return true;
  }

  /** Puts a packet in its reserved place. @returns processor of a sleeping reader that had to be woken, or -1 */
  put(flow: number, now: number): number {
    this.reserved--;
    this.packets.push(flow);
    // Packets that come while a reader is on its way need no wake-up of their own: see stages/wake-up.ts.
    if (this.sleepers.length === 0 || now < this.noWakeUpBefore) return -1;
    this.noWakeUpBefore = now + this.wakeLatencyTicks;
    const sleeper = this.sleepers.shift() as Sleeper;
    sleeper.wake(now);
    return sleeper.processor;
  }

  /** A reader takes the first packet. @returns its flow */
  take(processor: number): number {
    this.reading++;
    this.readingOn[processor] = 1;
    this.lastReader = processor;
    return this.packets.shift();
  }

  sleep(reader: Sleeper): void {
    this.sleepers.push(reader);
  }

  /** The processor has put its packet in or dropped it, and woken whom it had to wake. */
  filled(processor: number): void {
    this.fillingOn[processor] = (this.fillingOn[processor] as number) - 1;
    if (this.fillingOn[processor] === 0) this.filling--;
  }

  /** The packet that was taken has been read. */
  read(processor: number): void {
    this.reading--;
    this.readingOn[processor] = 0;
    this.delivered++;
  }

  /** A softirq interrupts the reader: it cannot hold a lock then, since the kernel takes this one with softirqs off. */
  pauseReading(processor: number): void {
    this.reading--;
    this.readingOn[processor] = 0;
  }

  resumeReading(processor: number): void {
    this.reading++;
    this.readingOn[processor] = 1;
  }

  /** CPUs that contend with one that fills the socket. Its own reader, interrupted, is not in the way. */
  othersOfFiller(processor: number): number {
    return contendingCpus(this.filling - 1, this.reading - (this.readingOn[processor] as number), this.readers.length);
  }

  /** CPUs that contend with one that reads the socket. */
  othersOfReader(): number {
    return contendingCpus(this.reading - 1, this.filling, this.producers.length);
  }
}
