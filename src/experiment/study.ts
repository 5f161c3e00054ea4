import type { Experiment } from './experiment.js';

/** A series of runs to plan: the text of a study file. */
export interface Study {
  /**
   * Name of the study and of its folder of records.
   * @pattern ^[a-z0-9][a-z0-9-]{0,63}$
   */
  id: string;
  /**
   * One line for people.
   * @default ""
   */
  title: string;
  /**
   * Ids of ready-made experiments, or files, seen from the study file.
   * @minItems 1
   * @maxItems 1000
   */
  experiments: string[];
  /**
   * Most runs of each experiment.
   * @asType integer
   * @minimum 1
   * @maximum 1000
   * @default 5
   */
  repeats: number;
  /**
   * Most minutes of one sitting; null sets no end.
   * @exclusiveMinimum 0
   * @default null
   */
  minutes: number | null;
  /**
   * Half-width of the 95 % confidence interval of mean delivered pps, as a share of the mean, at which an experiment has runs enough (three at
   * least); null always runs all.
   * @exclusiveMinimum 0
   * @maximum 1
   * @default null
   */
  precision: number | null;
  /**
   * Seed of the order of the runs.
   * @asType integer
   * @minimum 0
   * @maximum 4294967295
   * @default 1
   */
  seed: number;
  /**
   * What to do on a machine that is not stable: measure nothing, measure and say so, or not even look.
   * @default "warn"
   */
  gate: 'refuse' | 'warn' | 'off';
}

/** How stable a machine was before a sitting: pairs of runs that should not differ, and who else used the CPUs meanwhile. */
export interface Stability {
  /** Pairs of runs of one and the same flood. */
  pairs: number;
  /** Median |B / A − 1| of delivered pps over the pairs: smaller differences between two runs mean nothing. */
  noiseFloor: number;
  /** Share of the worst CPU's time that the hypervisor took. */
  stealShare: number;
  /** CPU time of processes outside of the runs, as a share of one CPU. */
  otherCpuShare: number;
  /** Why the machine does not count as stable, one sentence each; empty when it does. */
  reasons: string[];
}

/** One sitting of a study: from its start to its end, its last run or a kill. */
export interface StudySitting {
  /** UTC, ISO 8601. */
  startedAt: string;
  /** null where nobody looked. */
  stability: Stability | null;
}

/** A study as planned: `study.json` in its folder, written before its first run. Its finished runs lie beside it. */
export interface StudyPlan {
  schema: 'million-packets/study/1';
  id: string;
  title: string;
  /** UTC, ISO 8601. */
  plannedAt: string;
  /** Those that this machine can express. */
  experiments: Experiment[];
  /** Ids in the order of their runs, one list a block: each experiment once, shuffled anew by seed and number of the block. */
  blocks: string[][];
  /**
   * @asType integer
   */
  seed: number;
  precision: number | null;
  gate: 'refuse' | 'warn' | 'off';
  sittings: StudySitting[];
}
