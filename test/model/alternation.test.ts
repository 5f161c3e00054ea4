import { expect, it } from 'vitest';
import { busyWhileIdle } from '../../src/model/stages/alternation.js';

const places = 8;

/** Shares of time of two queues whose packets one source sends in turn, the first at 0 and the second so many flows later: the Markov chain, by iteration. */
function twoQueues(flows: number, apart: number, load: number) {
  const at = (flow: number, first: number, second: number) => (flow * places + first) * places + second;
  let shares = new Float64Array(flows * places * places).fill(1 / (flows * places * places));
  const total = load * flows + 2;
  for (let step = 0; step < 2000; step++) {
    const next = new Float64Array(shares.length);
    for (let flow = 0; flow < flows; flow++) {
      for (let first = 0; first < places; first++) {
        for (let second = 0; second < places; second++) {
          const share = (shares[at(flow, first, second)] ?? 0) / total;
          const arrived = at(
            (flow + 1) % flows,
            Math.min(places - 1, first + Number(flow === 0)),
            Math.min(places - 1, second + Number(flow === apart)),
          );
          next[arrived] = (next[arrived] ?? 0) + load * flows * share;
          for (const left of [at(flow, Math.max(0, first - 1), second), at(flow, first, Math.max(0, second - 1))])
            next[left] = (next[left] ?? 0) + share;
        }
      }
    }
    shares = next;
  }
  let [firstBusy, secondBusy, onlySecond] = [0, 0, 0];
  for (const [index, share] of shares.entries()) {
    const [first, second] = [Math.floor(index / places) % places, index % places];
    if (first > 0) firstBusy += share;
    if (second > 0) secondBusy += share;
    if (first === 0 && second > 0) onlySecond += share;
  }
  return { firstBusy, secondBusy, secondWhileIdle: onlySecond / (1 - firstBusy) };
}

it.each([
  [2, 1, 0.3],
  [2, 1, 0.6],
  [3, 1, 0.5],
  [3, 2, 0.5],
])('with %i flows in turn, %i apart, at a load of %f the second is busy while the first is idle less often than on average', (flows, apart, load) => {
  const { firstBusy, secondBusy, secondWhileIdle } = twoQueues(flows, apart, load);
  const found = busyWhileIdle([firstBusy, secondBusy], flows, apart);
  expect(found).toBeLessThan(secondBusy);
  // Never further than the chain, and nearer to it than the average is.
  expect(found).toBeGreaterThan(secondWhileIdle - 0.005);
  expect(found - secondWhileIdle).toBeLessThan(secondBusy - found);
});
