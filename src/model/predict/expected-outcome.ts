import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { Assessment } from './assess.js';
import { type AssessedOutcome, outcomeOf } from './outcome-of.js';

/** A prediction without its interval, which takes many times as long: what tables and pictures of many predictions need. */
export function expectedOutcome(assessment: Assessment, experiment: Experiment, host: Host): AssessedOutcome {
  return outcomeOf(assessment, experiment, host, (schedulePps, offeredPps) => offeredPps >= schedulePps * (1 - 1e-6));
}
