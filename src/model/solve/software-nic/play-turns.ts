import type { CostValues } from '../../stages/cost-values.js';
import { schedulerTickNs } from '../../stages/scheduler-tick.js';
import type { Scenario } from '../scenario.js';
import { setNicImage } from './nic-image.js';
import type { NicLoad } from './nic-load.js';
import { nicRates } from './nic-rates.js';
import { isAlone, type NicThread } from './nic-threads.js';
import { NicTurns } from './nic-turns.js';
import type { NicUnknowns } from './nic-unknowns.js';
import { type Played, playedBetween } from './played.js';

/** Costs are set anew after each of so many ticks of the scheduler's clock, and what the first ticks show is forgotten. */
const warmUpTicks = 5;
const quietTicks = 10;
const mostTicks = 25;

/** Part of the way that an unknown goes to what was seen. */
const step = 0.4;

/**
 * Plays the turns of threads that share CPUs, tick by tick, with the costs that follow from what was seen so far; ends early where nothing is
 * lost. Nothing in it is random: the ticks of the clock fall anywhere in the turns, because turns and ticks have no common measure.
 *
 * @param unknowns start, overwritten with what was seen
 */
export function playTurns(
  scenario: Scenario,
  threads: NicThread[],
  costs: CostValues,
  unknowns: number[],
  at: NicUnknowns,
): { loads: NicLoad[]; residual: number } {
  const turns = new NicTurns(scenario, threads, (t) => isAlone(t, threads, scenario), costs);
  const image = unknowns.slice();
  let begin = turns.counts();
  let middle = begin;
  let loads: NicLoad[] = [];
  let played: Played | undefined;
  for (let tick = 0; tick < mostTicks; tick++) {
    if (tick === warmUpTicks) begin = turns.counts();
    if (tick <= (warmUpTicks + mostTicks) / 2) middle = turns.counts();
    turns.play(nicRates(scenario, threads, costs, unknowns, at, played, true).packetNs, schedulerTickNs);
    played = playedBetween(begin, middle, turns.counts(), scenario);
    const rates = nicRates(scenario, threads, costs, unknowns, at, played);
    loads = played.threads.map(({ pps, busy, wakeUpsPps }) => ({ pps, busy, wakeUps: Math.min(1, wakeUpsPps / Math.max(1e-12, pps)) }));
    setNicImage(scenario, threads, rates, loads, played, image, at);
    for (let i = 0; i < unknowns.length; i++) unknowns[i] = (unknowns[i] ?? 0) + step * ((image[i] ?? 0) - (unknowns[i] ?? 0));
    if (tick + 1 === warmUpTicks + quietTicks && played.isQuiet) break;
  }
  const residual = unknowns.reduce((most, value, i) => Math.max(most, Math.abs((image[i] ?? 0) - value)), 0);
  for (let i = 0; i < unknowns.length; i++) unknowns[i] = image[i] ?? 0;
  return { loads, residual };
}
