import { checkInteger } from './check-integer.js';
import { checkNumber } from './check-number.js';

/** Refuses loads and capacities for which a finite queue has no meaning. */
export function checkQueueArguments(name: string, rho: number, capacity: number): void {
  checkNumber(name, 'rho', rho);
  checkInteger(name, 'capacity', capacity, 1);
}
