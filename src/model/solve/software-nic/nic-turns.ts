import { EventSlots } from '../../simulate/event-slots.js';
import { FairProcessor } from '../../simulate/fair-processor.js';
import { ticksOf, ticksPerNs, ticksPerSecond } from '../../simulate/ticks.js';
import type { CostValues } from '../../stages/cost-values.js';
import { cpuSpeed } from '../../stages/sibling.js';
import type { Scenario, ScenarioFlow } from '../scenario.js';
import type { NicThread } from './nic-threads.js';
import { QueueTurns } from './queue-turns.js';
import { ReaderTurns } from './reader-turns.js';
import { SenderTurns } from './sender-turns.js';
import { SourceTurns } from './source-turns.js';
import { TurnRing } from './turn-ring.js';
import { TurnSocket } from './turn-socket.js';
import type { TurnThread } from './turn-thread.js';
import { WireTurns } from './wire-turns.js';

/** What was counted since the machine began. */
export interface TurnCounts {
  ns: number;
  sent: number[];
  skipped: number[];
  owed: number[];
  rings: { arrived: number; lost: number; least: number }[];
  sockets: { arrived: number; lost: number; least: number }[];
  threads: { handled: number; wakeUps: number; busyNs: number }[];
}

/** All threads of a software NIC at work in whole batches of packets of the same cost, on the CPUs that simulate has. */
export class NicTurns {
  private readonly events: EventSlots;
  private readonly processors: FairProcessor[];
  private readonly sources: SourceTurns[];
  private readonly rings: TurnRing[];
  private readonly sockets: TurnSocket[];
  private readonly threads: TurnThread[];
  private readonly queues: QueueTurns[] = [];

  constructor(scenario: Scenario, nicThreads: NicThread[], isAlone: (thread: number) => boolean, costs: CostValues) {
    const { sources, flows, sockets, processors, nic } = scenario;
    this.events = new EventSlots(processors.length + nicThreads.length);
    this.processors = processors.map((_, slot) => new FairProcessor(slot, this.events));
    const flowsOf = sources.map((_, source) => flows.flatMap((flow, f) => (flow.source === source ? [f] : [])));
    this.sources = sources.map(
      ({ offeredPps }, source) =>
        new SourceTurns(
          offeredPps === null ? 0 : ticksPerSecond / offeredPps,
          (flowsOf[source] ?? []).map((f) => (flows[f] as ScenarioFlow).share),
        ),
    );
    this.rings = (nic?.rings ?? []).map(({ packets }) => new TurnRing(packets, flows.length));
    this.sockets = sockets.map(() => new TurnSocket(scenario.bufferPackets, costs.wakeLatencyNs));
    const wakeLatencyTicks = ticksOf(costs.wakeLatencyNs);
    const arrive = (source: number, within: number, packets: number, first: number) => {
      const f = (flowsOf[source] ?? [])[within] as number;
      const { ring = 0, processor } = flows[f] as ScenarioFlow;
      (this.queues[ring] as QueueTurns).arrive(f, packets, first, processor === sources[source]?.processor);
    };
    this.threads = nicThreads.map((thread, t) => {
      const place = {
        slot: processors.length + t,
        events: this.events,
        processor: this.processors[thread.processor] as FairProcessor,
        weight: thread.weight,
        isAlone: isAlone(t),
      };
      if (thread.job === 'wire') {
        const { siblings, clock } = processors[thread.processor] as Scenario['processors'][number];
        const speed = clock * cpuSpeed(siblings.length > 0 ? 1 : 0, costs);
        const own = thread.sources.map((source) => this.sources[source] as SourceTurns);
        return new WireTurns(place, own, costs, speed, (index, flow, packets, first) =>
          arrive(thread.sources[index] as number, flow, packets, first),
        );
      }
      if (thread.job === 'sender') return new SenderTurns(place, this.sources[thread.source] as SourceTurns, thread.source, arrive);
      if (thread.job === 'queue') {
        const queue = new QueueTurns(
          place,
          this.rings[thread.ring] as TurnRing,
          flows.map(({ socket }) => this.sockets[socket] as TurnSocket),
          costs.queueWakeNs ?? 0,
          costs.wakeUpNs,
          wakeLatencyTicks,
        );
        this.queues[thread.ring] = queue;
        return queue;
      }
      return new ReaderTurns(
        place,
        this.sockets[thread.socket] as TurnSocket,
        place.isAlone ? costs.wakeUpNs : (costs.turnNs ?? 0),
        wakeLatencyTicks,
        nic?.spins === true,
      );
    });
    for (const [t, thread] of nicThreads.entries()) {
      if (thread.job !== 'queue') (this.threads[t] as TurnThread).ready(0);
    }
  }

  /** Goes on for a time, with packets of these costs. */
  play(packetNs: number[], ns: number): void {
    const { events, threads, processors, sockets, rings } = this;
    for (const [t, thread] of threads.entries()) thread.packetNs = packetNs[t] ?? 1;
    for (const one of [...sockets, ...rings]) one.least = one.waiting;
    const until = events.now + ns * ticksPerNs;
    for (let slot = events.next(until); slot >= 0; slot = events.next(until)) {
      if (slot < processors.length) (processors[slot] as FairProcessor).done(events.now);
      else (threads[slot - processors.length] as TurnThread).ready(events.now);
    }
  }

  counts(): TurnCounts {
    const { events, sources, rings, sockets, threads } = this;
    const level = ({ arrived, lost, least }: TurnRing | TurnSocket) => ({ arrived, lost, least });
    return {
      ns: events.now / ticksPerNs,
      sent: sources.map(({ sent }) => sent),
      skipped: sources.map(({ skipped }) => skipped),
      owed: sources.map((source) => source.dueAt(events.now)),
      rings: rings.map(level),
      sockets: sockets.map(level),
      threads: threads.map(({ handled, wakeUps, busyTicks }) => ({ handled, wakeUps, busyNs: busyTicks / ticksPerNs })),
    };
  }
}
