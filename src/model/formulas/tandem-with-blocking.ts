import { stationaryDistribution, type Transition } from './stationary-distribution.js';
import { checkTandem, type Tandem, type TandemQueue } from './tandem.js';

/**
 * Two stages in a row, where whoever finds the second stage full stays and blocks the first server until there is a
 * place: back-pressure, as of a sender that waits for its send buffer. Nobody is lost between the stages. The Markov
 * chain written out and solved exactly.
 *
 * @throws {RangeError} when a rate or a number of places is outside its range, see `Tandem`
 * Source: blocking after service as in Perros, Queueing Networks with Blocking, 1994; solved as `tandemWithLoss`.
 * @example
 * tandemWithBlocking({ arrivalRate: 0.9, firstServiceRate: 1, secondServiceRate: 1, firstPlaces: 5, secondPlaces: 5 }).throughput.toFixed(9) // => '0.759456703'
 */
export function tandemWithBlocking(tandem: Tandem): TandemQueue {
  checkTandem('tandemWithBlocking', tandem);
  const { arrivalRate, firstServiceRate, secondServiceRate, firstPlaces, secondPlaces } = tandem;
  // One more column than places: the second stage is full and the first server blocked.
  const width = secondPlaces + 2;
  const blocked = secondPlaces + 1;
  const transitions: Transition[] = [];
  for (let first = 0; first <= firstPlaces; first++) {
    for (let second = 0; second <= blocked; second++) {
      const state = first * width + second;
      if (first < firstPlaces && arrivalRate > 0) transitions.push([state, state + width, arrivalRate]);
      if (first > 0 && second < secondPlaces) transitions.push([state, state - width + 1, firstServiceRate]);
      if (first > 0 && second === secondPlaces) transitions.push([state, state + 1, firstServiceRate]);
      // With nobody in the first stage no state is blocked; the move only keeps the chain connected.
      if (second === blocked) transitions.push([state, first > 0 ? state - width - 1 : state - 1, secondServiceRate]);
      else if (second > 0) transitions.push([state, state - 1, secondServiceRate]);
    }
  }
  let lossAtFirst = 0;
  let secondBusy = 0;
  let meanInFirst = 0;
  let meanInSecond = 0;
  for (const [state, probability] of stationaryDistribution((firstPlaces + 1) * width, transitions).entries()) {
    const [first, second] = [Math.floor(state / width), Math.min(state % width, secondPlaces)];
    if (first === firstPlaces) lossAtFirst += probability;
    if (second > 0) secondBusy += probability;
    meanInFirst += first * probability;
    meanInSecond += second * probability;
  }
  return { lossAtFirst, lossAtSecond: 0, throughput: secondServiceRate * secondBusy, meanInFirst, meanInSecond };
}
