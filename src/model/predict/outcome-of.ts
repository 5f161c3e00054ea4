import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { Losses, Outcome } from '../../experiment/outcome.js';
import type { Plan } from '../../experiment/plan.js';
import { takesFrames } from '../stages/frame-host.js';
import { type Assessment, deliveredPps, expected } from './assess.js';
import { bottleneck } from './bottleneck.js';
import { meanUtilization } from './mean-utilization.js';
import { predictedCounters } from './predicted-counters.js';
import { predictedCpus, predictedQueues, predictedSockets } from './predicted-loads.js';

/** The part of an Outcome that follows from an assessment alone, whether its solutions were computed or simulated. */
type AssessedOutcome = Pick<
  Outcome,
  'experiment' | 'host' | 'offeredPps' | 'deliveredPps' | 'lossesPps' | 'bottleneck' | 'queues' | 'sockets' | 'cpus' | 'countersPps'
>;

/**
 * Means over the possibilities, in the terms of an Outcome.
 *
 * @param keepsSchedule whether sources that are to send so much a second in all, and do send so much, keep their schedule
 */
export function outcomeOf(
  assessment: Assessment,
  experiment: Experiment,
  host: Host,
  keepsSchedule: (schedulePps: number, offeredPps: number) => boolean,
): AssessedOutcome {
  const offeredPps = expected(assessment, ({ sourcePps }) => sourcePps.reduce((sum, pps) => sum + pps, 0));
  const ringPps = expected(assessment, ({ flows }) => flows.reduce((sum, flow) => sum + flow.offeredPps - flow.servicedPps, 0));
  const socketPps = expected(assessment, ({ sockets }) => sockets.reduce((sum, socket) => sum + socket.offeredPps - socket.deliveredPps, 0));
  const stalledPps = expected(assessment, ({ sockets }) => sockets.reduce((sum, socket) => sum + (socket.stalledPps ?? 0), 0));
  const lossesPps = lossesOf(assessment.plan, ringPps, socketPps);
  const schedulePps = experiment.sources.reduce((sum, source) => sum + (source.offeredPps ?? Number.POSITIVE_INFINITY), 0);
  return {
    experiment: experiment.id,
    host: host.name,
    offeredPps,
    deliveredPps: expected(assessment, deliveredPps),
    lossesPps,
    // Stalls cost packets, but no stage limits because of them.
    bottleneck: bottleneck(
      meanUtilization(assessment),
      lossesOf(assessment.plan, ringPps, socketPps - stalledPps),
      offeredPps,
      keepsSchedule(schedulePps, offeredPps),
    ),
    queues: predictedQueues(assessment),
    sockets: predictedSockets(assessment, experiment.receiver.layout === 'reuseport' ? experiment.receiver.placements.length : 1),
    cpus: predictedCpus(assessment),
    countersPps: predictedCounters(assessment, takesFrames(experiment, host)),
  };
}

/** Losses before and at the socket, under their names on the plan's receive path. */
export function lossesOf({ receivePath }: Plan, ring: number, socketBuffer: number): Losses {
  return receivePath === 'physical-nic' || receivePath === 'software-nic' ? { nicRing: ring, socketBuffer } : { backlog: ring, socketBuffer };
}
