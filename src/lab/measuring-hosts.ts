import type { Experiment, Run } from '../experiment/index.js';
import type { MeasureOptions } from './measure.js';

/** Machines other than this one that can measure; `targetHosts` gives one. */
export interface MeasuringHosts {
  /** Runs an Experiment on them, as `measure` does here. */
  measure(experiment: Experiment, options: Omit<MeasureOptions, 'hosts' | 'lab'>): Promise<Run>;
}
