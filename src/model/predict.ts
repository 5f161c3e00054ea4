import type { Experiment } from '../experiment/experiment.js';
import type { Host } from '../experiment/host.js';
import type { Outcome } from '../experiment/outcome.js';
import { assess } from './predict/assess.js';
import { deliveredInterval } from './predict/delivered-interval.js';
import { expectedOutcome } from './predict/expected-outcome.js';
import { notCovered } from './predict/not-covered.js';

/**
 * Predicts what a host receives: the fixed point of the stages' rates and costs, in steady state, as a fluid. No factor
 * belongs to a configuration; everything comes from `host.costs`. What nobody can know (an RSS key, the secret of
 * SO_REUSEPORT, where the scheduler puts an unpinned thread) is averaged over its equally likely outcomes.
 *
 * Rates are packets per second; offered = delivered + losses. Valid for small packets and for loads that last; bursts,
 * stalls and the first milliseconds are not in it. The interval is a 90 % prediction interval of the next run.
 *
 * @throws {HostError} when the host cannot express the experiment
 * Source: stages and couplings are listed, with the figure that forces each, in src/model/README.md.
 */
export function predict(experiment: Experiment, host: Host): Outcome {
  const assessment = assess(experiment, host);
  return {
    kind: 'predicted',
    ...expectedOutcome(assessment, experiment, host),
    seconds: null,
    delivered: deliveredInterval(assessment, scheduledPps(experiment)),
    notes: [...notCovered(experiment, host), ...assessment.plan.deviations, ...notesOn(assessment.possibilities.length, assessment.solutions.length)],
  };
}

/** What the sources shall send; infinite for floods. */
function scheduledPps({ sources }: Experiment): number {
  return sources.reduce((sum, { offeredPps }) => sum + (offeredPps ?? Number.POSITIVE_INFINITY), 0);
}

function notesOn(possibilities: number, scenarios: number): string[] {
  return possibilities > 1 ? [`Mean over ${possibilities} equally likely outcomes of hashes and placements (${scenarios} that differ).`] : [];
}
