/** What a queue with a finite number of places does, times in units of the mean service time. */
export interface FiniteQueue {
  /** Share of the arrivals that find every place taken. */
  lossProbability: number;
  /** Customers served per mean service time. */
  throughput: number;
  /** Mean number of customers waiting or in service. */
  meanInSystem: number;
  /** Mean time from arrival to the end of service, of the customers that are not lost. */
  meanSojourn: number;
  /** Share of the time in which nobody is there. */
  emptyProbability: number;
}
