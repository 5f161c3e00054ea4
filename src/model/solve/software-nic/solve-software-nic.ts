import type { CostValues } from '../../stages/cost-values.js';
import { relax } from '../relax.js';
import type { Scenario } from '../scenario.js';
import type { Solution } from '../solution.js';
import { aloneLoads } from './alone-loads.js';
import { aloneTaken } from './alone-taken.js';
import { setNicImage } from './nic-image.js';
import type { NicLoad } from './nic-load.js';
import { nicRates } from './nic-rates.js';
import { nicSolution } from './nic-solution.js';
import { isAlone, nicThreads } from './nic-threads.js';
import { nicUnknownsOf } from './nic-unknowns.js';
import { playTurns } from './play-turns.js';

/** No thread notices a packet in a hundred million. */
const finestTolerance = 1e-8;

/**
 * Solves a scenario on a software NIC, where every stage is a thread: the wire, one a queue, the readers. Threads that have their CPUs for
 * themselves are servers with finite queues, and their rates a fixed point; where threads share a CPU all of them are played in turns.
 *
 * @param start unknowns of a neighbouring case, to save iterations
 * @param tolerance largest change of an unknown, all of which lie between 0 and 1, at which to stop
 */
export function solveSoftwareNic(scenario: Scenario, costs: CostValues, start: number[] | undefined, tolerance: number): Solution {
  const threads = nicThreads(scenario);
  const at = nicUnknownsOf(scenario, threads);
  const unknowns = start?.slice() ?? Array.from({ length: at.count }, (_, index) => (index >= at.threadWakeUps && index < at.busy ? 0.5 : 1));
  if (!threads.every((_, t) => isAlone(t, threads, scenario))) {
    const { loads, residual } = playTurns(scenario, threads, costs, unknowns, at);
    return { ...nicSolution(scenario, threads, nicRates(scenario, threads, costs, unknowns, at), loads, unknowns, at), unknowns, residual };
  }
  const loadsAt = (values: number[]): NicLoad[] => {
    const wakeUps = threads.map((_, t) => values[at.threadWakeUps + t] ?? 0);
    return aloneLoads(scenario, threads, nicRates(scenario, threads, costs, values, at), wakeUps, costs);
  };
  const residual = relax(
    unknowns,
    (values, image) => {
      const rates = nicRates(scenario, threads, costs, values, at);
      const loads = loadsAt(values);
      setNicImage(scenario, threads, rates, loads, aloneTaken(scenario, threads, costs, rates, loads), image, at);
    },
    Math.max(tolerance, finestTolerance),
  );
  const rates = nicRates(scenario, threads, costs, unknowns, at);
  return { ...nicSolution(scenario, threads, rates, loadsAt(unknowns), unknowns, at), unknowns, residual };
}
