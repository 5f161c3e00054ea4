import type { Work } from './work.js';

/** A CPU as its threads see it. */
export interface ThreadCpu {
  readonly isBusy: boolean;
  /** A thread has become ready. */
  wake(thread: Work, now: number): void;
}
