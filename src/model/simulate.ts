import type { Experiment } from '../experiment/experiment.js';
import type { Host } from '../experiment/host.js';
import type { Outcome } from '../experiment/outcome.js';
import type { Assessment } from './predict/assess.js';
import { lossesOf, outcomeOf } from './predict/outcome-of.js';
import { checkOptions, type SimulateOptions } from './simulate/check-options.js';
import { meanInterval } from './simulate/mean-interval.js';
import type { Replication } from './simulate/replicate.js';
import { simulateCases } from './simulate/simulate-cases.js';

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
  const { seed, seconds, replications } = checkOptions(options);
  const { assessment, rates, runs } = simulateCases(experiment, host, seed, seconds, replications);
  const { interval, doubt } = meanInterval(rates);
  return {
    kind: 'simulated',
    ...outcomeOf(assessment, experiment, host, (schedulePps, offeredPps) =>
      keepsSchedule(schedulePps, offeredPps, experiment.sources.length, seconds),
    ),
    seconds,
    delivered: interval,
    ...packetsOf(assessment, runs),
    notes: [...assessment.plan.deviations, ...(doubt ? [doubt] : []), `${replications} replications of ${seconds} simulated seconds, seed ${seed}.`],
  };
}

/** Packets of all runs, from start to drain. */
function packetsOf(assessment: Assessment, runs: Replication[]) {
  const sum = (name: 'sent' | 'delivered' | 'ringLost' | 'socketLost') =>
    runs.reduce((packets, { total }) => total[name].reduce((running, count) => running + count, packets), 0);
  const [offeredPackets, deliveredPackets, ringLost, socketLost] = [sum('sent'), sum('delivered'), sum('ringLost'), sum('socketLost')];
  return {
    offeredPackets,
    deliveredPackets,
    lossesPackets: lossesOf(assessment.plan, ringLost, socketLost),
    unaccountedPackets: offeredPackets - deliveredPackets - ringLost - socketLost,
  };
}

/** Whether every source keeps its schedule, as far as a window can tell: each may be a packet short of it, and one in a thousand late. */
function keepsSchedule(schedulePps: number, offeredPps: number, sources: number, seconds: number): boolean {
  return offeredPps >= schedulePps * 0.999 - sources / seconds;
}
