import { checkNumber } from './check-number.js';
import { exponentialMeanRoot } from './exponential-mean-root.js';
import { poissonProbabilities } from './poisson-probabilities.js';

/** From here on the second root of the transform adds less than exp(-60), so one exponential is the whole tail. */
const exponentialFrom = 30;

/**
 * P(waiting time <= time) in M/D/1: Poisson arrivals, constant service time, first come first served, no limit on the queue.
 *
 * @param rho arrival rate times service time, any finite value from 0; from 1 on nobody waits a finite time
 * @param time in service times, any finite value from 0; what is below 1e-16 away from 1 is 1
 * @throws {RangeError} when an argument is negative or not finite
 * Source: Franx, A simple solution for the M/D/c waiting time distribution, Operations Research Letters 29 (2001): positive
 * terms only, where the Crommelin and Erlang series alternates; beyond 30 service times the exponential tail.
 * @example
 * md1WaitAtMost(0.8, 5).toFixed(9) // => '0.899502762'
 */
export function md1WaitAtMost(rho: number, time: number): number {
  checkNumber('md1WaitAtMost', 'rho', rho);
  checkNumber('md1WaitAtMost', 'time', time);
  if (rho >= 1) return 0;
  if (time >= exponentialFrom) return 1 - tail(rho, time);
  const services = Math.floor(time) + 1;
  const waitingAtMost = distributionOfWaiting(rho, services);
  const arrivals = poissonProbabilities(rho * (services - time), services - 1);
  return Math.min(
    1,
    arrivals.reduce((sum, probability, count) => sum + probability * (waitingAtMost[services - 1 - count] ?? 0), 0),
  );
}

function tail(rho: number, time: number): number {
  if (rho < 0.01) return 0;
  const free = 1 - rho;
  const decay = -exponentialMeanRoot(free / rho);
  return (free / (decay - free)) * Math.exp(-decay * time);
}

/** P(at most m customers wait, not counting the one in service) for m = 0 to `last`. */
function distributionOfWaiting(rho: number, last: number): number[] {
  const arrivals = poissonProbabilities(rho, last + 1);
  // P(more than n arrivals in a service), from the far end as far as it matters.
  const more = poissonProbabilities(rho, last + 40);
  for (let n = more.length - 2; n >= 0; n--) more[n] = (more[n] ?? 0) + (more[n + 1] ?? 0);
  more.shift();
  const inSystem = [1 - rho];
  for (let n = 0; n <= last; n++) {
    let sum = (inSystem[0] ?? 0) * (more[n] ?? 0);
    for (let k = 1; k <= n; k++) sum += (inSystem[k] ?? 0) * (more[n + 1 - k] ?? 0);
    inSystem.push(sum / (arrivals[0] ?? 1));
  }
  let atMost = inSystem[0] ?? 0;
  return inSystem.slice(1).map((probability) => {
    atMost += probability;
    return atMost;
  });
}
