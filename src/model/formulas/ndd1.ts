import { checkInteger } from './check-integer.js';
import { checkNumber } from './check-number.js';

/**
 * N·D/D/1: P(work waiting > `work`) when `senders` paced senders with the same period and random phases share one
 * constant server. The exact model of N constant-rate senders into one softirq, where M/D/1 is far too pessimistic.
 *
 * @param senders from 1 to 1e5
 * @param period of each sender in service times, any finite value above 0; below `senders` the work grows without bound
 * @param work in service times, any finite value from 0
 * @throws {RangeError} when an argument is outside its range
 * Source: Roberts and Virtamo, The superposition of periodic cell arrival streams in an ATM multiplexer, IEEE Transactions
 * on Communications 39 (1991), and Eckberg 1979; positive terms only.
 * @example
 * ndd1(4, 5, 1).toFixed(12) // => '0.308800000000'
 */
export function ndd1(senders: number, period: number, work: number): number {
  checkInteger('ndd1', 'senders', senders, 1, 1e5);
  if (!(Number.isFinite(period) && period > 0)) throw new RangeError(`ndd1: period must be finite and above 0, got ${period}`);
  checkNumber('ndd1', 'work', work);
  if (period < senders) return 1;
  if (work >= senders) return 0;
  // At full load and no allowance the last term is 0 / 0.
  if (work === 0) return senders / period;
  const first = Math.floor(work) + 1;
  let logChoose = 0;
  for (let n = 1; n <= first; n++) logChoose += Math.log((senders - n + 1) / n);
  let sum = 0;
  for (let n = first; n <= senders; n++) {
    const share = (n - work) / period;
    const logOthers = n === senders ? 0 : (senders - n) * Math.log1p(-share);
    sum += Math.exp(logChoose + n * Math.log(share) + logOthers) * ((period - senders + work) / (period - n + work));
    logChoose += Math.log((senders - n) / (n + 1));
  }
  return Math.min(1, sum);
}
