import type { Schedule } from './schedule.js';
import type { Turns } from './turns.js';
import { WaitingTime } from './waiting-time.js';

/** One source of the wire: what is due when, and where it goes. The wire itself is one thread, see WireThread. */
export class WireSource {
  sent = 0;
  readonly waiting = new WaitingTime();
  isStopped = false;

  constructor(
    readonly schedule: Schedule,
    readonly turns: Turns,
  ) {}
}
