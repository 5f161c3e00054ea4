import { checkInteger } from './check-integer.js';
import { checkNumber } from './check-number.js';

/** What a server that takes several at once does, times in units of the mean time of a batch. */
export interface BatchServiceQueue {
  /** Share of the arrivals that find every waiting place taken. */
  lossProbability: number;
  /** Customers served per mean batch time. */
  throughput: number;
  /** Mean number of customers that wait, not counting the batch in service. */
  meanWaiting: number;
  /** Share of the time in which the server has nothing to do. */
  idleProbability: number;
}

/**
 * M/M[1,B]/1/K: Poisson arrivals; a server that, when free, takes all who wait, at most `batch`, and spends an
 * exponential time on them together, like recvmmsg into a vector of `batch` messages.
 *
 * @param load arrivals per mean batch time, any finite value from 0
 * @param batch most customers in a batch, from 1
 * @param waitingPlaces places beside the batch in service, from 1 to 4096
 * @throws {RangeError} when an argument is outside its range
 * Source: bulk service in Gross and Harris, Fundamentals of Queueing Theory, chapter 3; solved from the full end by balance
 * across cuts, positive terms only.
 * @example
 * batchService(5, 8, 20).meanWaiting.toFixed(9) // => '6.437400896'
 */
export function batchService(load: number, batch: number, waitingPlaces: number): BatchServiceQueue {
  checkNumber('batchService', 'load', load);
  checkInteger('batchService', 'batch', batch, 1);
  checkInteger('batchService', 'waitingPlaces', waitingPlaces, 1, 4096);
  // Below this every digit is that of an idle server.
  if (load < 1e-100) return { lossProbability: 0, throughput: load, meanWaiting: 0, idleProbability: 1 };
  const waiting = new Array<number>(waitingPlaces + 1).fill(0);
  waiting[waitingPlaces] = 1;
  for (let count = waitingPlaces - 1; count >= 0; count--) {
    let sum = 0;
    for (let more = count + 1; more <= Math.min(count + batch, waitingPlaces); more++) sum += waiting[more] ?? 0;
    let next = sum / load;
    if (next > 1e200) {
      for (let more = count + 1; more <= waitingPlaces; more++) waiting[more] = (waiting[more] ?? 0) / next;
      next = 1;
    }
    waiting[count] = next;
  }
  const idle = (waiting[0] ?? 0) / load;
  const total = waiting.reduce((sum, weight) => sum + weight, idle);
  const idleProbability = idle / total;
  return {
    lossProbability: (waiting[waitingPlaces] ?? 0) / total,
    // Counted where services start, not as load * (1 - loss), which cancels when nearly all are lost.
    throughput: waiting.reduce((sum, weight, count) => sum + Math.min(count, batch) * (weight / total), load * idleProbability),
    meanWaiting: waiting.reduce((sum, weight, count) => sum + count * (weight / total), 0),
    idleProbability,
  };
}
