/** A matrix of experiments, and who answers them: the text of a sweep file. */
export interface Sweep {
  /**
   * Name of the sweep and of its folder of results.
   * @pattern ^[a-z0-9][a-z0-9-]{0,63}$
   */
  id: string;
  /**
   * One line for people.
   * @default ""
   */
  title: string;
  /** What every point starts from: id of a ready-made experiment, a file seen from the sweep file, or an Experiment. */
  base: string | Record<string, unknown>;
  /**
   * Axes: path of a field of the experiment, such as `receiver.batchPackets`, `sources.0.offeredPps` or `sources.*.offeredPps` (all sources), with
   * its values. Every combination is a point; the last axis changes fastest.
   * @minProperties 1
   * @maxProperties 8
   */
  vary: Record<string, AxisValues>;
  /**
   * Who answers.
   * @default "predict"
   */
  answer: 'predict' | 'simulate' | 'measure';
  /**
   * Of predictions and simulations: `article`, `this` (as last calibrated), or a Host file seen from the sweep file.
   * @default "article"
   */
  host: string;
  /**
   * Of simulations: seeds; each point is simulated once with each of them. Equal seeds give all points the same random numbers.
   * @minItems 1
   * @maxItems 10000
   * @default [1]
   */
  seeds: Seed[];
  /**
   * Of simulations: simulated seconds of each replication.
   * @exclusiveMinimum 0
   * @maximum 3600
   * @default 0.2
   */
  seconds: number;
  /**
   * Of simulations: independent replications, from which the interval comes.
   * @asType integer
   * @minimum 1
   * @maximum 10000
   * @default 8
   */
  replications: number;
  /**
   * Of measurements: runs of each point.
   * @asType integer
   * @minimum 1
   * @maximum 1000
   * @default 1
   */
  repeats: number;
  /**
   * Of measurements: a hosts file, seen from the sweep file; null measures on this machine.
   * @default null
   */
  hosts: string | null;
}

/**
 * Values that one field takes.
 * @minItems 1
 * @maxItems 10000
 */
export type AxisValues = unknown[];

/**
 * @asType integer
 * @minimum 0
 * @maximum 4294967295
 */
export type Seed = number;
