/**
 * What a queue without a limit does, times in units of the mean service time. At and above full load it grows without
 * bound: then everybody waits and the means are Infinity.
 */
export interface InfiniteQueue {
  /** Share of the arrivals that must wait. */
  waitProbability: number;
  /** Mean time from arrival to the start of service. */
  meanWait: number;
  /** Mean time from arrival to the end of service. */
  meanSojourn: number;
  /** Mean number of customers waiting or in service. */
  meanInSystem: number;
}
