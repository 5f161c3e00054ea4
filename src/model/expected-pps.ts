import type { Experiment } from '../experiment/experiment.js';
import type { Host } from '../experiment/host.js';
import { assess, deliveredPps, expected } from './predict/assess.js';

/**
 * Packets per second that predict() expects to be delivered, without the interval, which takes dozens of solutions more.
 *
 * @throws {HostError} when the host cannot express the experiment
 * @example
 * expectedPps(article.experiments.pinned!, article.host) === predict(article.experiments.pinned!, article.host).deliveredPps // true
 */
export function expectedPps(experiment: Experiment, host: Host): number {
  return expected(assess(experiment, host), deliveredPps);
}
