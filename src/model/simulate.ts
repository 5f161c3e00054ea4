import type { Experiment } from '../experiment/experiment.js';
import type { Host } from '../experiment/host.js';
import type { Outcome } from '../experiment/outcome.js';
import type { SimulateOptions } from './simulate/check-options.js';
import { Simulation } from './simulate/simulation.js';

export type { SimulateOptions };

/**
 * Simulates what a host receives, packet by packet: the stages and costs of predict(), at the state in which each packet finds
 * them instead of at their means. Every packet's time at a stage is exponential around the stage's cost, because nobody has
 * measured how it spreads [assumed]; application work and paced schedules are exact.
 *
 * Rates are packets per second over a window of `seconds` after a warm-up; packets are those of all replications, from start to
 * drain, so that offered = delivered + losses to the packet. The interval is a 95 % confidence interval of the mean over
 * replications, or the observed range where it could not be trusted. The same seed gives the same random numbers to every source and
 * stage of two experiments, so that their difference is far surer than each of them. What nobody can know is averaged as in predict().
 *
 * @throws {HostError} when the host cannot express the experiment
 * @throws {RangeError} when an option is out of range
 * Source: src/model/README.md says what each stage does and where predict uses a mean instead.
 */
export function simulate(experiment: Experiment, host: Host, options: SimulateOptions): Outcome {
  const simulation = new Simulation(experiment, host, options);
  return simulation.outcome(Array.from({ length: simulation.replications }, (_, replication) => simulation.replicate(replication)));
}
