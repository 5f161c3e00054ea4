import type { EventSet } from './event-set.js';
import type { Turn } from './layout.js';
import type { RandomStream } from './random-stream.js';
import type { Reception } from './reception.js';
import type { Schedule } from './schedule.js';
import type { ThreadCpu } from './thread-cpu.js';
import { ticksOf } from './ticks.js';
import type { Turns } from './turns.js';
import { WaitingTime } from './waiting-time.js';
import type { Work, WorkKind } from './work.js';

/** Small packets that a send buffer holds, and how far it must empty before a waiting sender goes on. Source: sock_writeable (include/net/sock.h); 256 small packets were counted on veth with Linux 6.18. */
const mostInFlight = 256;
const goesOnBelow = 128;

/** What a local source is made of. */
export interface LocalSourceParts {
  slot: number;
  events: EventSet;
  processor: () => ThreadCpu;
  weight: number;
  reception: Reception;
  sendNs: number;
  wakeUpNs: number;
  /** Of its CPU relative to a core alone. */
  speed: number;
  schedule: Schedule;
  turns: Turns;
  random: RandomStream;
  /** Stream of the receive path that runs inside its calls. */
  receiveRandom: RandomStream;
  deliver: (ring: number, flow: number, now: number) => void;
}

/** A sending thread on the same machine: it shares its CPU, runs the receive path itself or hands it on, and waits for its send buffer. */
export class LocalSource implements Work {
  kind: WorkKind = 'system';
  sent = 0;
  /** When it slept, for its schedule or for its send buffer. */
  readonly waiting = new WaitingTime();
  isStopped = false;
  private phase: 'idle' | 'sending' | 'receiving' | 'waking' = 'idle';
  private next: 'send' | 'receive' | 'wake' = 'send';
  private turn: Turn = { flow: 0, ring: -1 };
  private inFlight = 0;
  private isHeldBack = false;

  constructor(private readonly parts: LocalSourceParts) {}

  get weight(): number {
    return this.parts.weight;
  }

  begin(now: number): number {
    const { sendNs, wakeUpNs, reception, random, receiveRandom, schedule } = this.parts;
    const following = this.next;
    this.next = 'send';
    if (following === 'wake') return this.piece('waking', 'softirq', wakeUpNs, receiveRandom);
    if (following === 'receive') return this.piece('receiving', 'softirq', reception.begin(this.turn.flow, now), receiveRandom);
    if (this.isStopped || this.mustWait(now)) return 0;
    schedule.advance();
    this.turn = this.parts.turns.next();
    return this.piece('sending', 'system', sendNs, random);
  }

  finish(now: number): void {
    if (this.phase === 'receiving') {
      if (this.parts.reception.finish(now)) this.next = 'wake';
      return;
    }
    if (this.phase === 'waking') this.parts.reception.leave();
    if (this.phase !== 'sending') return;
    this.sent++;
    if (this.turn.ring < 0) {
      this.next = 'receive';
      return;
    }
    this.inFlight++;
    this.parts.deliver(this.turn.ring, this.turn.flow, now);
  }

  /** A packet of this source has left the backlog, or was lost there. */
  release(now: number): void {
    this.inFlight--;
    if (!this.isHeldBack || this.inFlight >= goesOnBelow) return;
    this.isHeldBack = false;
    this.wake(now);
  }

  /** The next packet is due. */
  wake(now: number): void {
    this.waiting.end(now);
    this.parts.processor().wake(this, now);
  }

  private mustWait(now: number): boolean {
    const { schedule, events, slot } = this.parts;
    const isEarly = schedule.dueAt > now;
    this.isHeldBack = !isEarly && this.inFlight >= mostInFlight;
    if (isEarly) events.set(slot, schedule.dueAt);
    if (isEarly || this.isHeldBack) this.waiting.begin(now);
    return isEarly || this.isHeldBack;
  }

  private piece(phase: 'sending' | 'receiving' | 'waking', kind: WorkKind, meanNs: number, random: RandomStream): number {
    this.phase = phase;
    this.kind = kind;
    return ticksOf((meanNs / this.parts.speed) * random.exponential());
  }
}
