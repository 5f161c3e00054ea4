/** One published number that a fit looks at. */
export interface Figure {
  /** Id of the experiment that it belongs to. */
  experiment: string;
  /** `deliveredPps`, `sameCpuPeakPps`, or the name of a counter. */
  name: string;
  /** Per second. Zero stands for "does not grow" and is a bound, not a number. */
  value: number;
  /** Standard deviation relative to the value; of a zero, in units of 1 Mpps. */
  relativeSpread: number;
  /** Figures of one group are not independent and are left out together. */
  group: string;
}
