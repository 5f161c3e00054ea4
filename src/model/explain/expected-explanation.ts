import { HostError } from '../../experiment/errors.js';
import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { Bottleneck, Losses, LossPlace } from '../../experiment/outcome.js';
import { type Assessment, assess, deliveredPps, expected } from '../predict/assess.js';
import { expectedOutcome } from '../predict/expected-outcome.js';
import { meanUtilization } from '../predict/mean-utilization.js';
import { takesFrames } from '../stages/frame-host.js';
import type { Change } from './change.js';
import { changesOf } from './changes-of.js';
import { type LossEvidence, lossEvidence } from './loss-evidence.js';
import { sentenceOf } from './sentence-of.js';

/** How full one stage is. */
export interface StageLoad {
  stage: 'source' | 'wire' | 'softirq' | 'reader';
  /** Load of its busiest member, 0 to 1. */
  utilization: number;
  /** 1 − utilization. */
  slack: number;
}

/** A place where packets die, and the counter that proves it on a host of this kernel and driver. */
export interface Death extends LossEvidence {
  place: LossPlace;
  pps: number;
}

/** A single change and what the model expects of it. */
export interface ExpectedChange extends Change {
  predictedPps: number;
  /** predictedPps relative to now, minus 1. */
  gain: number;
}

/** Why an experiment delivers what it delivers, and what to change. */
export interface ExpectedExplanation<AnyChange = ExpectedChange> {
  experiment: string;
  host: string;
  deliveredPps: number;
  limiting: Bottleneck;
  stages: StageLoad[];
  lossesPps: Losses;
  /** Where packets die, most first, and what proves it on the host itself. */
  deaths: Death[];
  /** The limit in one sentence. */
  sentence: string;
  /** Single changes, best first; those that the host cannot do or that gain nothing are left out. */
  changes: AnyChange[];
}

/** Most changes worth reading. */
const listed = 5;

/** Share of the offered packets below which a loss is none. */
const smallestLoss = 1e-6;

/** A change below this is noise. */
const smallestGain = 0.005;

/** An explanation without intervals, which take many times as long: what a picture needs that a reader drags. */
export function expectedExplanation(
  experiment: Experiment,
  host: Host,
): ExpectedExplanation<ExpectedChange & { assessment: Assessment }> & { assessment: Assessment } {
  const assessment = assess(experiment, host);
  const now = expectedOutcome(assessment, experiment, host);
  const utilization = meanUtilization(assessment);
  const limiting = now.bottleneck ?? 'none';
  const frames = takesFrames(experiment, host);
  return {
    assessment,
    experiment: experiment.id,
    host: host.name,
    deliveredPps: now.deliveredPps,
    limiting,
    stages: (['source', 'wire', 'softirq', 'reader'] as const).map((stage) => ({
      stage,
      utilization: utilization[stage],
      slack: 1 - utilization[stage],
    })),
    lossesPps: now.lossesPps,
    deaths: (Object.entries(now.lossesPps) as [LossPlace, number][])
      .filter(([, pps]) => pps > smallestLoss * (now.offeredPps ?? 0))
      .map(([place, pps]): Death => ({ place, pps, ...lossEvidence(place, host, frames) }))
      .sort((a, b) => b.pps - a.pps),
    sentence: sentenceOf(now, limiting, host, frames),
    changes: changesOf(experiment, host)
      .flatMap((change) => {
        const changed = assessed(change.experiment, host);
        if (changed === null) return [];
        const predictedPps = expected(changed, deliveredPps);
        const gain = predictedPps / Math.max(now.deliveredPps, 1e-9) - 1;
        return gain < smallestGain ? [] : [{ ...change, assessment: changed, predictedPps, gain }];
      })
      .sort((a, b) => b.gain - a.gain)
      .slice(0, listed),
  };
}

/** A change's assessment; null where the host cannot do it. */
function assessed(experiment: Experiment, host: Host): Assessment | null {
  try {
    return assess(experiment, host);
  } catch (error) {
    if (error instanceof HostError) return null;
    throw error;
  }
}
