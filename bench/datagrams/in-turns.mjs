import { pause, signal } from './contender.mjs';

/** Long enough for tens of thousands of datagrams, short enough that a slow phase of the machine hits neighbours alike. */
const sliceMs = 80;
/** After it is let go, a contender first works off what lay in its queues. */
const settleMs = 20;

/**
 * Lets stopped contenders run by turns, the reference before and after each of the others, and compares neighbours.
 *
 * @param {import('./contender.mjs').Contender} reference
 * @param {Record<string, import('./contender.mjs').Contender>} others
 * @param {number} rounds
 * @param {AbortSignal} signal
 * @returns {Promise<Record<string, { median: number, low: number, high: number }>>} how many times as many datagrams a second each of the
 *   others received as the reference: the median over the rounds and its 95 % confidence interval
 */
export async function inTurns(reference, others, rounds, abort) {
  const ratios = Object.fromEntries(Object.keys(others).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    let before = await slice(reference);
    // Every other round backwards, so that nobody has always the same neighbour.
    const names = Object.keys(others);
    for (const name of round % 2 ? names.reverse() : names) {
      abort.throwIfAborted();
      const own = await slice(others[name]);
      const after = await slice(reference);
      // The first round warms up.
      if (round >= 0 && before + after > 0) ratios[name].push((2 * own) / (before + after));
      before = after;
    }
  }
  return Object.fromEntries(Object.entries(ratios).map(([name, values]) => [name, medianInterval(values)]));
}

/** Datagrams a second of a contender that runs alone for one slice. */
export async function slice({ pids, read }) {
  signal(pids, 'SIGCONT');
  await pause(settleMs);
  const before = await read();
  await pause(sliceMs);
  const after = await read();
  signal(pids, 'SIGSTOP');
  return ((after.datagrams - before.datagrams) / (after.tNs - before.tNs)) * 1e9;
}

/** Order statistics that enclose the median with 95 % confidence, by the normal approximation of the binomial. */
function medianInterval(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const reach = Math.ceil(0.98 * Math.sqrt(sorted.length));
  const middle = (sorted.length - 1) / 2;
  return {
    median: (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2,
    low: sorted[Math.max(0, Math.floor(middle) - reach)],
    high: sorted[Math.min(sorted.length - 1, Math.ceil(middle) + reach)],
  };
}
