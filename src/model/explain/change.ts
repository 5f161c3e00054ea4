import type { Experiment } from '../../experiment/experiment.js';

/** One thing done differently. */
export interface Change {
  /** What to do, for people. */
  change: string;
  /** The experiment with nothing else changed. */
  experiment: Experiment;
}
