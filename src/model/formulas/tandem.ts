import { checkInteger } from './check-integer.js';
import { checkNumber } from './check-number.js';

/** Two exponential servers in a row, each with a finite number of places. Rates in any one unit of time. */
export interface Tandem {
  /** Poisson arrivals: 0, or from 1e-9 to 1e12. */
  arrivalRate: number;
  /** From 1e-9 to 1e12. */
  firstServiceRate: number;
  /** From 1e-9 to 1e12. */
  secondServiceRate: number;
  /** Places of the first stage with its server, 1 to 128. */
  firstPlaces: number;
  /** Places of the second stage with its server, 1 to 128. */
  secondPlaces: number;
}

/** What two stages in a row do. */
export interface TandemQueue {
  /** Share of the arrivals that find the first stage full. */
  lossAtFirst: number;
  /** Share of those served by the first stage that find the second full. */
  lossAtSecond: number;
  /** Customers that leave the second stage, per unit of time. */
  throughput: number;
  /** Mean number in the first stage, with one that blocks its server. */
  meanInFirst: number;
  /** Mean number in the second stage. */
  meanInSecond: number;
}

/** Refuses what no two stages in a row have. */
export function checkTandem(caller: string, tandem: Tandem): void {
  if (tandem.arrivalRate !== 0) checkNumber(caller, 'arrivalRate', tandem.arrivalRate, 1e-9, 1e12);
  checkNumber(caller, 'firstServiceRate', tandem.firstServiceRate, 1e-9, 1e12);
  checkNumber(caller, 'secondServiceRate', tandem.secondServiceRate, 1e-9, 1e12);
  checkInteger(caller, 'firstPlaces', tandem.firstPlaces, 1, 128);
  checkInteger(caller, 'secondPlaces', tandem.secondPlaces, 1, 128);
}
