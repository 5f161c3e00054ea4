import { stationaryDistribution, type Transition } from './stationary-distribution.js';
import { checkTandem, type Tandem, type TandemQueue } from './tandem.js';

/**
 * Two stages in a row, where whoever finds the second stage full is lost: RX ring and softirq, then socket buffer and
 * reader. The Markov chain written out and solved exactly: 10 ms at 20 by 20 places, half a second at 128 by 128.
 *
 * @throws {RangeError} when a rate or a number of places is outside its range, see `Tandem`
 * Source: the chain of both numbers; its distribution by `stationaryDistribution` (Grassmann, Taksar and Heyman 1985).
 * @example
 * tandemWithLoss({ arrivalRate: 0.9, firstServiceRate: 1, secondServiceRate: 1, firstPlaces: 5, secondPlaces: 5 }).lossAtSecond.toFixed(9) // => '0.070884565'
 */
export function tandemWithLoss(tandem: Tandem): TandemQueue {
  checkTandem('tandemWithLoss', tandem);
  const { arrivalRate, firstServiceRate, secondServiceRate, firstPlaces, secondPlaces } = tandem;
  const width = secondPlaces + 1;
  const transitions: Transition[] = [];
  for (let first = 0; first <= firstPlaces; first++) {
    for (let second = 0; second <= secondPlaces; second++) {
      const state = first * width + second;
      if (first < firstPlaces && arrivalRate > 0) transitions.push([state, state + width, arrivalRate]);
      if (first > 0) transitions.push([state, state - width + (second < secondPlaces ? 1 : 0), firstServiceRate]);
      if (second > 0) transitions.push([state, state - 1, secondServiceRate]);
    }
  }
  let lossAtFirst = 0;
  let firstBusy = 0;
  let lostAtSecond = 0;
  let secondBusy = 0;
  let meanInFirst = 0;
  let meanInSecond = 0;
  for (const [state, probability] of stationaryDistribution((firstPlaces + 1) * width, transitions).entries()) {
    const [first, second] = [Math.floor(state / width), state % width];
    if (first === firstPlaces) lossAtFirst += probability;
    if (first > 0) firstBusy += probability;
    if (first > 0 && second === secondPlaces) lostAtSecond += probability;
    if (second > 0) secondBusy += probability;
    meanInFirst += first * probability;
    meanInSecond += second * probability;
  }
  return {
    lossAtFirst,
    lossAtSecond: firstBusy > 0 ? lostAtSecond / firstBusy : 0,
    throughput: secondServiceRate * secondBusy,
    meanInFirst,
    meanInSecond,
  };
}
