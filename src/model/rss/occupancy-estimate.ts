/** How many queues or sockets some flows keep busy, and how that is known. */
export interface OccupancyEstimate {
  /** `exact` by enumeration in closed form, or `monte-carlo` by seeded draws. */
  method: 'exact' | 'monte-carlo';
  /** Number of draws, 0 where exact. */
  draws: number;
  /** P(exactly j are hit), j from 0 on. */
  busyProbabilities: number[];
  /** Standard error of each probability, all 0 where exact. */
  standardErrors: number[];
  /** Mean number that are hit. */
  meanBusy: number;
}
