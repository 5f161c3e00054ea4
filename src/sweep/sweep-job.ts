import type { Experiment, Host, Hosts } from '../experiment/index.js';

interface Question {
  schema: 'million-packets/sweep-job/1';
  experiment: Experiment;
}

/** Asks the model; the answer follows from the job alone. */
export interface ModelJob extends Question {
  answer: 'predict';
  /** Which model answers, as modelVersion says. */
  model: string;
  host: Host;
}

/** Asks the simulator; the answer follows from the job alone. */
export interface SimulationJob extends Question {
  answer: 'simulate';
  model: string;
  host: Host;
  seed: number;
  seconds: number;
  replications: number;
}

/** Asks a machine, or those of a hosts file. */
export interface MeasurementJob extends Question {
  answer: 'measure';
  /** Version of the kit that measures. */
  kit: string;
  /** The machine without its costs, which change with every calibration and say nothing about the run. */
  on: Pick<Host, 'name' | 'kernelRelease' | 'cpus' | 'receivePath'> | Hosts;
  /** The how manieth run of the same experiment, from 1. */
  repeat: number;
}

/** One question of a sweep with everything that it takes to answer it. */
export type SweepJob = ModelJob | SimulationJob | MeasurementJob;
