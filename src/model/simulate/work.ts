/** What CPU time is spent on, as the kernel accounts it. */
export type WorkKind = 'softirq' | 'system' | 'user';

/** Something that a CPU does in pieces: a softirq or a thread. */
export interface Work {
  /** Kind of the piece in hand. */
  kind: WorkKind;
  /** Begins the next piece. @returns its length in ticks; 0 when there is nothing to do, and the work sleeps */
  begin(now: number): number;
  /** The piece is done. */
  finish(now: number): void;
  /** Whether another thread may have its turn before the next piece; without it, always. */
  mayYield?(now: number): boolean;
  /** Claim to its CPU relative to others'; without it 1. */
  readonly weight?: number;
  /** A softirq takes the CPU in the middle of the piece, and gives it back. */
  pause?(): void;
  resume?(): void;
}
