import type { SweepJob } from './sweep-job.js';

/** A job in its place in a sweep. */
export interface PlannedJob {
  /** As jobId says. */
  id: string;
  /** Value of each axis, in the order of the sweep. */
  point: Record<string, unknown>;
  /** Seed or repeat that tells it from others of the same point; null for predictions. */
  draw: number | null;
  job: SweepJob;
}
