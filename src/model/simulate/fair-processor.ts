import { schedulerTickNs } from '../stages/scheduler-tick.js';
import type { EventSet } from './event-set.js';
import { ticksOf } from './ticks.js';
import type { Work, WorkKind } from './work.js';

const tickTicks = ticksOf(schedulerTickNs);

/** What the scheduler knows of a thread. */
interface Entity {
  work: Work;
  /** Time that it has had too little, in ticks; too much below zero. */
  credit: number;
  /** Who sleeps in debt still counts among those that share the CPU until the debt is paid. */
  state: 'asleep' | 'indebted' | 'ready';
}

/**
 * One CPU of a machine whose work is all in threads. Its scheduler is fair, see src/model/README.md: who wakes with a credit has its turn when the
 * running thread may yield, who wakes without waits until that one sleeps or the clock ticks.
 */
export class FairProcessor {
  readonly busyTicks: Record<WorkKind, number> = { softirq: 0, system: 0, user: 0 };
  private readonly entities = new Map<Work, Entity>();
  /** Those that are ready or in debt. */
  private queued: Entity[] = [];
  private readonly waking: Entity[] = [];
  private running: Entity | null = null;
  private pieceTicks = 0;
  private accountedUntil = 0;
  private isDue = false;
  private tickAt = 0;

  constructor(
    private readonly slot: number,
    private readonly events: EventSet,
  ) {}

  get isBusy(): boolean {
    return this.running !== null;
  }

  /** A thread has become ready. */
  wake(work: Work, now: number): void {
    this.waking.push(this.entityOf(work));
    if (this.running === null) this.dispatch(now);
  }

  /** The piece in hand is done. */
  done(now: number): void {
    const { running } = this;
    if (!running) return;
    this.account(now);
    this.busyTicks[running.work.kind] += this.pieceTicks;
    running.work.finish(now);
    this.dispatch(now);
  }

  /** Who woke while the running thread could not yield is ready from now on. */
  private letIn(): void {
    if (this.waking.length === 0) return;
    for (const entity of this.waking) {
      if (entity.state === 'asleep') this.queued.push(entity);
      entity.state = 'ready';
      if (entity.credit > 0) this.isDue = true;
    }
    this.waking.length = 0;
  }

  private dispatch(now: number): void {
    this.account(now);
    const mayYield = this.running?.work.mayYield?.(now) ?? true;
    if (mayYield) this.letIn();
    if (this.running === null || (mayYield && (this.isDue || now >= this.tickAt))) this.switchTo(this.richest(), now);
    while (this.running !== null) {
      this.pieceTicks = this.running.work.begin(now);
      if (this.pieceTicks > 0) {
        this.events.set(this.slot, now + this.pieceTicks);
        return;
      }
      this.sleep(this.running);
      this.letIn();
      this.switchTo(this.richest(), now);
    }
  }

  private switchTo(entity: Entity | null, now: number): void {
    this.running = entity;
    this.isDue = false;
    this.tickAt = (Math.floor(now / tickTicks) + 1) * tickTicks;
  }

  private sleep(entity: Entity): void {
    entity.state = entity.credit < 0 ? 'indebted' : 'asleep';
    if (entity.state === 'asleep') this.queued.splice(this.queued.indexOf(entity), 1);
  }

  private richest(): Entity | null {
    let best: Entity | null = null;
    for (const entity of this.queued) if (entity.state === 'ready' && (best === null || entity.credit > best.credit)) best = entity;
    return best;
  }

  /** All that share the CPU earn by their weights what the running thread has used. */
  private account(now: number): void {
    const ticks = now - this.accountedUntil;
    this.accountedUntil = now;
    if (this.running === null || ticks <= 0) return;
    let weight = 0;
    for (const { work } of this.queued) weight += work.weight ?? 1;
    this.running.credit -= ticks;
    for (let index = this.queued.length - 1; index >= 0; index--) {
      const entity = this.queued[index] as Entity;
      entity.credit += (ticks * (entity.work.weight ?? 1)) / weight;
      if (entity.state !== 'indebted' || entity.credit < 0) continue;
      entity.credit = 0;
      entity.state = 'asleep';
      this.queued.splice(index, 1);
    }
  }

  private entityOf(work: Work): Entity {
    let entity = this.entities.get(work);
    if (!entity) {
      entity = { work, credit: 0, state: 'asleep' };
      this.entities.set(work, entity);
    }
    return entity;
  }
}
