import type { ResidualCauseName } from '../model/index.js';

/** What each part of a miss is called in charts and tables. */
export const causeNames: Record<ResidualCauseName, string> = {
  model: 'model changed since',
  speed: 'speed of the CPUs',
  hashing: 'hashing onto sockets',
  reader: 'time of the reader',
  softirq: 'time of the softirq',
  source: 'rate of the sources',
  ring: 'losses before the softirq',
  socketBuffer: 'overflows at stalls',
  otherLosses: 'other losses',
  unexplained: 'unexplained',
};
