import type { ScenarioProcessor, ScenarioSource } from '../solve/scenario.js';
import { cpuSpeed } from '../stages/sibling.js';
import { pollPackets } from '../stages/softirq.js';
import { netRxPackets } from '../stages/softirq-limits.js';
import { sendPacketNs } from '../stages/source-core.js';
import type { Counts } from './counts.js';
import type { EventSet } from './event-set.js';
import { FairProcessor } from './fair-processor.js';
import { Interconnect } from './interconnect.js';
import type { LaidOutRing, Layout } from './layout.js';
import { LocalSource } from './local-source.js';
import type { PacketQueue } from './packet-queue.js';
import { Processor } from './processor.js';
import { QueueThread } from './queue-thread.js';
import { RandomStream } from './random-stream.js';
import { Reader } from './reader.js';
import { Reception } from './reception.js';
import { RemoteSource } from './remote-source.js';
import { Schedule } from './schedule.js';
import { Socket } from './socket.js';
import { Softirq, type SoftirqTurn } from './softirq.js';
import { Stalls } from './stalls.js';
import { streamSeed } from './stream-seed.js';
import type { ThreadCpu } from './thread-cpu.js';
import { ticksOf } from './ticks.js';
import { Turns } from './turns.js';
import { Wire } from './wire.js';
import { WireSource } from './wire-source.js';
import { WireThread } from './wire-thread.js';

/** Purposes of random numbers; each has streams of its own. */
const purposes = { send: 1, phase: 2, softirq: 3, read: 4, receive: 5, queue: 7, turn: 8, stall: 9 };

/** A scenario at work: sources, CPUs with their softirqs, sockets and readers, moved by an event set. */
export class Machine {
  private readonly events: EventSet;
  private readonly sockets: Socket[];
  private readonly softirqs: Softirq[];
  private readonly processors: (Processor | FairProcessor)[];
  private readonly sources: (RemoteSource | LocalSource | WireSource)[];
  private readonly readers: Reader[];
  private readonly rings: PacketQueue[];
  /** On a software NIC, the thread of each ring. */
  private readonly queueThreads: QueueThread[];
  private readonly wire: Wire;
  private readonly serviced: number[];
  private readonly ringLost: number[];
  private readonly interconnect = new Interconnect();

  /** @param eventSet makes the event set for a number of slots: one for each source, processor, reader and thread of a queue, in this order */
  constructor(
    private readonly layout: Layout,
    private readonly seed: number,
    eventSet: (slots: number) => EventSet,
  ) {
    const { scenario, costs } = layout;
    const readerCount = scenario.sockets.reduce((count, { readers }) => count + readers.length, 0);
    const threadCount = scenario.nic ? layout.rings.length : 0;
    this.events = eventSet(scenario.sources.length + scenario.processors.length + readerCount + threadCount);
    this.wire = new Wire(scenario.wirePps);
    this.serviced = scenario.flows.map(() => 0);
    this.ringLost = scenario.flows.map(() => 0);
    this.sockets = scenario.sockets.map(({ readers }, index) => {
      const producers = [...new Set(scenario.flows.filter(({ socket }) => socket === index).map(({ processor }) => processor))];
      return new Socket(producers, [...new Set(readers)], scenario.processors.length, scenario.bufferPackets, costs.wakeLatencyNs);
    });
    const turn = this.softirqTurn();
    this.softirqs = scenario.processors.map(
      (_, p) => new Softirq(this.receptionOn(p), costs.wakeUpNs, this.speedOf(p), this.stream(purposes.softirq, p), this.onTaken, turn),
    );
    this.rings = layout.rings.map(({ processor, packets }) => (this.softirqs[processor] as Softirq).addRing(packets));
    this.processors = this.softirqs.map((softirq, p) => {
      const slot = scenario.sources.length + p;
      return scenario.nic
        ? new FairProcessor(slot, this.events)
        : new Processor(slot, this.events, softirq, !scenario.softirq || scenario.softirq.isDeferred);
    });
    this.queueThreads = scenario.nic ? layout.rings.map((_, ring) => this.queueThreadOf(ring, readerCount)) : [];
    this.sources = scenario.sources.map((_, index) => this.sourceOf(index));
    this.readers = this.makeReaders();
    for (const source of this.sources) {
      if (source instanceof RemoteSource) source.start(0);
      else if (source instanceof LocalSource) source.wake(0);
    }
    this.startWire();
    for (const reader of this.readers) reader.ready(0);
  }

  /** Lets everything happen that happens until the given tick, or until nothing is left to happen. */
  run(until: number): void {
    const { events, sources, processors, readers } = this;
    const firstProcessor = sources.length;
    const firstReader = firstProcessor + processors.length;
    const firstThread = firstReader + readers.length;
    for (let slot = events.next(until); slot >= 0; slot = events.next(until)) {
      if (slot >= firstThread) (this.queueThreads[slot - firstThread] as QueueThread).ready(events.now);
      else if (slot >= firstReader) (readers[slot - firstReader] as Reader).ready(events.now);
      else if (slot >= firstProcessor) (processors[slot - firstProcessor] as Processor | FairProcessor).done(events.now);
      else this.runSource(sources[slot] as RemoteSource | LocalSource | WireSource);
    }
  }

  /** No packet begins after this; what is on its way goes on. */
  stopSources(): void {
    for (const source of this.sources) source.isStopped = true;
    for (const reader of this.readers) reader.isStopped = true;
  }

  counts(): Counts {
    const { sources, sockets, processors } = this;
    return {
      now: this.events.now,
      sent: sources.map(({ sent }) => sent),
      waitedTicks: sources.map(({ waiting }) => waiting.upTo(this.events.now)),
      wireTicks: this.wire.busyTicks,
      serviced: this.serviced.slice(),
      ringLost: this.ringLost.slice(),
      delivered: sockets.map(({ delivered }) => delivered),
      socketLost: sockets.map(({ lost }) => lost),
      softirqTicks: processors.map(({ busyTicks }) => busyTicks.softirq),
      systemTicks: processors.map(({ busyTicks }) => busyTicks.system),
      userTicks: processors.map(({ busyTicks }) => busyTicks.user),
    };
  }

  private runSource(source: RemoteSource | LocalSource | WireSource): void {
    if (source instanceof RemoteSource) source.ready(this.events.now);
    else if (source instanceof LocalSource) source.wake(this.events.now);
  }

  private stream(purpose: number, index: number): RandomStream {
    return new RandomStream(streamSeed(this.seed, purpose, index));
  }

  private receptionOn(processor: number): Reception {
    return new Reception(processor, this.layout, this.sockets, this.interconnect, this.serviced);
  }

  /** What ends a softirq's turn: a poll of the backlog, net_rx_action for ksoftirqd, or the time after which others get in for a packet. */
  private softirqTurn(): SoftirqTurn {
    const { softirq } = this.layout.scenario;
    if (!softirq) return { packets: pollPackets, ticks: Number.POSITIVE_INFINITY };
    if (!softirq.isDeferred) return { packets: Number.POSITIVE_INFINITY, ticks: ticksOf(softirq.gapNs) };
    return { packets: netRxPackets(0, softirq), ticks: ticksOf(softirq.pollingNs) };
  }

  /** A softirq or sender beside a hyper-thread in use is slow throughout, as stages/sibling.ts has it. */
  private speedOf(processor: number): number {
    const { siblings, clock } = this.layout.scenario.processors[processor] as ScenarioProcessor;
    return clock * cpuSpeed(siblings.length > 0 ? 1 : 0, this.layout.costs);
  }

  private sourceOf(index: number): RemoteSource | LocalSource | WireSource {
    const { scenario, costs, sources } = this.layout;
    const { processor, clock, offeredPps, batchPackets, wire = null } = scenario.sources[index] as ScenarioSource;
    const sendNs = sendPacketNs(batchPackets, costs) / clock;
    const schedule = new Schedule(offeredPps, this.stream(purposes.phase, index).uniform());
    const turns = new Turns(sources[index] ?? { batchPackets: 1, turns: [] }, this.stream(purposes.turn, index).uniform());
    if (wire) return new WireSource(schedule, turns);
    const random = this.stream(purposes.send, index);
    if (processor === null) return new RemoteSource(index, this.events, this.wire, sendNs, schedule, turns, random, this.deliver);
    return new LocalSource({
      slot: index,
      events: this.events,
      processor: () => this.processors[processor] as ThreadCpu,
      weight: 1 / scenario.sources.filter((source) => !source.wire).length,
      reception: this.receptionOn(processor),
      sendNs: scenario.nic ? sendNs + (costs.nicNs ?? 0) : sendNs,
      wakeUpNs: costs.wakeUpNs,
      speed: this.speedOf(processor),
      schedule,
      turns,
      random,
      receiveRandom: this.stream(purposes.receive, index),
      deliver: this.deliver,
    });
  }

  private makeReaders(): Reader[] {
    const { layout, events, processors } = this;
    const firstSlot = this.sources.length + processors.length;
    const places = layout.scenario.sockets.flatMap(({ readers }, socket) => readers.map((processor) => ({ processor, socket })));
    return places.map(
      ({ processor, socket }, index) =>
        new Reader(
          firstSlot + index,
          processor,
          layout,
          events,
          processors,
          this.sockets[socket] as Socket,
          this.interconnect,
          this.stream(purposes.read, index),
          new Stalls(layout.costs, this.stream(purposes.stall, index)),
          1 / places.length,
          this.isBesideOthers(processor),
        ),
    );
  }

  /** Behind a software NIC: whether anything but readers runs on a processor, or readers that spin beside each other. */
  private isBesideOthers(processor: number): boolean {
    const { scenario, rings } = this.layout;
    if (!scenario.nic) return false;
    const readers = scenario.sockets.flatMap((socket) => socket.readers).filter((reader) => reader === processor).length;
    const isShared = rings.some((ring) => ring.processor === processor) || scenario.sources.some((source) => source.processor === processor);
    return isShared || (scenario.nic.spins && readers > 1);
  }

  /** Whether a ring's thread is on the CPU of the flow's source. */
  private isLocal(ring: number, flow: number): boolean {
    const { scenario, rings } = this.layout;
    return scenario.sources[scenario.flows[flow]?.source ?? 0]?.processor === rings[ring]?.processor;
  }

  private queueThreadOf(ring: number, readerCount: number): QueueThread {
    const { costs, rings, scenario } = this.layout;
    const { processor, packets } = rings[ring] as LaidOutRing;
    return new QueueThread({
      slot: scenario.sources.length + scenario.processors.length + readerCount + ring,
      events: this.events,
      processor: this.processors[processor] as ThreadCpu,
      reception: this.receptionOn(processor),
      ringPackets: packets,
      queueWakeNs: costs.queueWakeNs ?? 0,
      wakeUpNs: costs.wakeUpNs,
      wakeLatencyNs: costs.wakeLatencyNs,
      speed: this.speedOf(processor),
      random: this.stream(purposes.queue, ring),
    });
  }

  /** All sources of the wire are one thread. */
  private startWire(): void {
    const { scenario, costs, rings } = this.layout;
    const sources = this.sources.filter((source) => source instanceof WireSource);
    const processor = scenario.sources.find(({ wire }) => wire)?.processor ?? null;
    if (processor === null) return;
    const others = [...rings.map((ring) => ring.processor), ...scenario.sockets.flatMap(({ readers }) => readers)];
    const senders = scenario.sources.filter((source) => !source.wire && source.processor === processor).length;
    const isAlone = senders === 0 && !others.includes(processor);
    const wire = new WireThread({
      sources,
      costs,
      speed: this.speedOf(processor),
      isAlone,
      random: this.stream(purposes.send, 0),
      deliver: this.deliver,
    });
    (this.processors[processor] as ThreadCpu).wake(wire, 0);
  }

  private readonly deliver = (ring: number, flow: number, now: number): void => {
    const thread = this.queueThreads[ring];
    if (thread) {
      if (!thread.arrive(flow, now, this.isLocal(ring, flow))) this.ringLost[flow] = (this.ringLost[flow] as number) + 1;
      // The NIC takes the packet off its sender's buffer, whether there is room in the ring or not.
      this.onTaken(flow, now);
      return;
    }
    const { processor } = this.layout.rings[ring] as LaidOutRing;
    if ((this.softirqs[processor] as Softirq).arrive(this.rings[ring] as PacketQueue, flow)) {
      (this.processors[processor] as Processor).interrupt(now);
      return;
    }
    this.ringLost[flow] = (this.ringLost[flow] as number) + 1;
    this.onTaken(flow, now);
  };

  /** A packet has left its ring, or never got in. */
  private readonly onTaken = (flow: number, now: number): void => {
    const source = this.sources[(this.layout.scenario.flows[flow] as { source: number }).source];
    if (source instanceof LocalSource) source.release(now);
  };
}
