import type { Outcome } from '../experiment/index.js';

/** What became of a job; `results/ID.json`. Of predictions and simulations the same job always has the same bytes. */
export interface JobResult {
  schema: 'million-packets/sweep-result/1';
  job: string;
  /** null when the machine cannot express the experiment. */
  outcome: Outcome | null;
  /** Why there is no outcome. */
  refused: string | null;
  /** Only of measurements: name of the record in `runs/`. */
  run?: string;
  /** Only of measurements: packets per second registered before the run. */
  predictedPps?: number;
}
