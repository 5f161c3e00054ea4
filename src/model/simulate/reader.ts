import type { ScenarioProcessor } from '../solve/scenario.js';
import type { CostValues } from '../stages/cost-values.js';
import { handOverNs } from '../stages/hand-over.js';
import { betweenStalls, uninterruptedShare } from '../stages/interruptions.js';
import { readerPacketNs } from '../stages/reader.js';
import { cpuSpeed } from '../stages/sibling.js';
import type { EventSet } from './event-set.js';
import type { Interconnect } from './interconnect.js';
import type { Layout } from './layout.js';
import type { RandomStream } from './random-stream.js';
import type { Sleeper, Socket } from './socket.js';
import type { Stalls } from './stalls.js';
import type { ThreadCpu } from './thread-cpu.js';
import { ticksOf } from './ticks.js';
import type { Work, WorkKind } from './work.js';

/**
 * A reading thread: recvmmsg takes packets one after the other until the socket is empty or the batch full, then the
 * program works on each of them. On an empty socket it sleeps; a packet wakes it, and wakeLatencyNs later it is ready.
 * One that spins asks again at once. Whatever it does takes longer by the stalls that fall into it.
 */
export class Reader implements Work, Sleeper {
  kind: WorkKind = 'system';
  /** Nothing more will come: it need not spin. */
  isStopped = false;
  private phase: 'waking' | 'reading' | 'working' | 'spinning' = 'reading';
  private wasWoken = false;
  private batch = 0;
  private toWorkOn = 0;
  private readonly siblings: ThreadCpu[];
  private readonly clock: number;
  private readonly costs: CostValues;

  constructor(
    private readonly slot: number,
    readonly processor: number,
    private readonly layout: Layout,
    private readonly events: EventSet,
    private readonly processors: ThreadCpu[],
    private readonly socket: Socket,
    private readonly interconnect: Interconnect,
    private readonly random: RandomStream,
    private readonly stalls: Stalls,
    /** Behind a software NIC: its claim to its CPU, and whether others than readers use that. */
    readonly weight: number,
    private readonly isBesideOthers: boolean,
  ) {
    const { siblings, clock } = layout.scenario.processors[processor] as ScenarioProcessor;
    this.siblings = siblings.flatMap((sibling) => processors[sibling] ?? []);
    this.clock = clock;
    this.costs = betweenStalls(layout.costs);
  }

  wake(now: number): void {
    this.wasWoken = true;
    this.events.set(this.slot, now + ticksOf(this.layout.costs.wakeLatencyNs));
  }

  /** The wake-up has arrived. */
  ready(now: number): void {
    (this.processors[this.processor] as ThreadCpu).wake(this, now);
  }

  begin(now: number): number {
    const { costs } = this;
    const { scenario } = this.layout;
    this.kind = 'system';
    if (this.wasWoken) {
      this.wasWoken = false;
      this.phase = 'waking';
      return this.piece(now, this.isBesideOthers ? (costs.turnNs ?? 0) : costs.wakeUpNs);
    }
    if (this.toWorkOn === 0 && (this.socket.length === 0 || this.batch >= this.layout.scenario.readerBatchPackets)) {
      if (scenario.workNs > 0) this.toWorkOn = this.batch;
      this.batch = 0;
    }
    if (this.toWorkOn > 0) {
      this.toWorkOn--;
      this.phase = 'working';
      this.kind = 'user';
      return this.stalls.lengthen(now, ticksOf(scenario.workNs / uninterruptedShare(costs) / this.speed()));
    }
    if (this.socket.length === 0) {
      if (scenario.nic?.spins && !this.isStopped) {
        this.phase = 'spinning';
        return this.piece(now, costs.readNs);
      }
      this.socket.sleep(this);
      return 0;
    }
    this.phase = 'reading';
    const calls = this.batch === 0 ? 1 : 0;
    this.batch++;
    const flow = this.socket.take(this.processor);
    const from = scenario.flows[flow]?.processor ?? 0;
    const distance = (this.layout.distances[from] as Layout['distances'][number])[this.processor] as Layout['distances'][number][number];
    const lines = handOverNs(distance, this.interconnect.pps(now), costs);
    return this.piece(now, readerPacketNs(lines, this.socket.othersOfReader(), 0, calls, costs));
  }

  finish(): void {
    if (this.phase === 'reading') this.socket.read(this.processor);
  }

  pause(): void {
    if (this.phase === 'reading') this.socket.pauseReading(this.processor);
  }

  resume(): void {
    if (this.phase === 'reading') this.socket.resumeReading(this.processor);
  }

  private piece(now: number, meanNs: number): number {
    return this.stalls.lengthen(now, ticksOf((meanNs / this.speed()) * this.random.exponential()));
  }

  /** Set anew for each piece, by whether a sibling works at its beginning; predict uses the share of time. */
  private speed(): number {
    return this.siblings.some((sibling) => sibling.isBusy) ? this.clock * cpuSpeed(1, this.layout.costs) : this.clock;
  }
}
