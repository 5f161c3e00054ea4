import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import { assess } from '../predict/assess.js';
import type { Possibility } from '../predict/possibilities.js';
import type { Solution } from '../solve/solution.js';

/** What the model says where some of its quantities were replaced by measured ones. Rates are packets per second. */
export interface WhatIf {
  offeredPps: number;
  deliveredPps: number;
  ringPps: number;
  socketBufferPps: number;
  /** Time of the readers for each packet delivered. */
  readerNs: number;
  /** Time of softirqs for each packet that they serve. */
  softirqNs: number;
}

/**
 * Asks the model.
 *
 * @param isPossible says which outcomes of hashes are still possible; left out: all
 */
export function whatIf(experiment: Experiment, host: Host, isPossible: (possibility: Possibility, index: number) => boolean = () => true): WhatIf {
  const assessment = assess(experiment, host);
  const { solutions, costs } = assessment;
  const possibilities = assessment.possibilities.filter(isPossible);
  const probability = possibilities.reduce((sum, possibility) => sum + possibility.probability, 0);
  const mean = (of: (solution: Solution, possibility: Possibility) => number) =>
    possibilities.reduce((sum, possibility) => {
      const solution = solutions[possibility.scenario];
      return solution ? sum + (possibility.probability / probability) * of(solution, possibility) : sum;
    }, 0);
  const deliveredPps = mean(({ sockets }) => sockets.reduce((sum, socket) => sum + socket.deliveredPps, 0));
  const arrivedPps = mean(({ sockets }) => sockets.reduce((sum, socket) => sum + socket.offeredPps, 0));
  const offeredPps = mean(({ sourcePps }) => sourcePps.reduce((sum, pps) => sum + pps, 0));
  const readerShare = mean(({ processors, sourcePps }, { named }) =>
    processors.reduce((sum, { system, user }, p) => {
      const processor = named.scenario.processors[p];
      if (!processor || processor.readers === 0) return sum;
      return sum + system + user - processor.sources.reduce((sending, source) => sending + (sourcePps[source] ?? 0) * costs.sendNs * 1e-9, 0);
    }, 0),
  );
  return {
    offeredPps,
    deliveredPps,
    ringPps: mean(({ flows }) => flows.reduce((sum, flow) => sum + flow.offeredPps - flow.servicedPps, 0)),
    socketBufferPps: arrivedPps - deliveredPps,
    readerNs: (readerShare * 1e9) / deliveredPps,
    softirqNs: (mean(({ processors }) => processors.reduce((sum, { softirq }) => sum + softirq, 0)) * 1e9) / arrivedPps,
  };
}
