import type { Experiment } from '../experiment/experiment.js';
import type { Host } from '../experiment/host.js';
import type { Losses, Outcome } from '../experiment/outcome.js';
import { assess, deliveredPps, expected } from './predict/assess.js';
import { bottleneck } from './predict/bottleneck.js';
import { deliveredInterval } from './predict/delivered-interval.js';
import { meanUtilization } from './predict/mean-utilization.js';
import { predictedCounters } from './predict/predicted-counters.js';
import { predictedCpus, predictedQueues, predictedSockets } from './predict/predicted-loads.js';

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
  const delivered = expected(assessment, deliveredPps);
  const offeredPps = expected(assessment, ({ sourcePps }) => sourcePps.reduce((sum, pps) => sum + pps, 0));
  const nicRing = expected(assessment, ({ flows }) => flows.reduce((sum, flow) => sum + flow.offeredPps - flow.servicedPps, 0));
  const socketBuffer = expected(assessment, ({ sockets }) => sockets.reduce((sum, socket) => sum + socket.offeredPps - socket.deliveredPps, 0));
  const lossesPps: Losses = assessment.plan.receivePath === 'physical-nic' ? { nicRing, socketBuffer } : { backlog: 0, socketBuffer };
  return {
    kind: 'predicted',
    experiment: experiment.id,
    host: host.name,
    seconds: null,
    offeredPps,
    deliveredPps: delivered,
    delivered: deliveredInterval(assessment, host),
    lossesPps,
    bottleneck: bottleneck(meanUtilization(assessment), lossesPps, offeredPps, keepsSchedule(experiment, offeredPps)),
    queues: predictedQueues(assessment),
    sockets: predictedSockets(assessment, experiment.receiver.layout === 'reuseport' ? experiment.receiver.placements.length : 1),
    cpus: predictedCpus(assessment),
    countersPps: predictedCounters(assessment, host),
    notes: [...assessment.plan.deviations, ...notesOn(assessment.possibilities.length, assessment.solutions.length)],
  };
}

function keepsSchedule({ sources }: Experiment, offeredPps: number): boolean {
  const schedule = sources.reduce((sum, source) => sum + (source.offeredPps ?? Number.POSITIVE_INFINITY), 0);
  return offeredPps >= schedule * (1 - 1e-6);
}

function notesOn(possibilities: number, scenarios: number): string[] {
  return possibilities > 1 ? [`Mean over ${possibilities} equally likely outcomes of hashes and placements (${scenarios} that differ).`] : [];
}
