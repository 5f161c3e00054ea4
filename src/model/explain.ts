import { HostError } from '../experiment/errors.js';
import type { Experiment } from '../experiment/experiment.js';
import type { Host } from '../experiment/host.js';
import type { Bottleneck, Losses } from '../experiment/outcome.js';
import type { Change } from './explain/change.js';
import { changesOf } from './explain/changes-of.js';
import { sentenceOf } from './explain/sentence-of.js';
import { type Assessment, assess, deliveredPps, expected } from './predict/assess.js';
import { ratioInterval } from './predict/delivered-interval.js';
import { meanUtilization } from './predict/mean-utilization.js';
import { predict } from './predict.js';

/** How full one stage is. */
export interface StageLoad {
  stage: 'source' | 'wire' | 'softirq' | 'reader';
  /** Load of its busiest member, 0 to 1. */
  utilization: number;
  /** 1 − utilization. */
  slack: number;
}

/** A single change and what the model expects of it. */
export interface RankedChange extends Change {
  predictedPps: number;
  /** predictedPps relative to now, minus 1. */
  gain: number;
  /** The gain with 90 % probability, if the host's costs are as uncertain as they say; both predictions take the same costs. */
  gainInterval: { low: number; high: number };
}

/** Why an experiment delivers what it delivers, and what to change. */
export interface Explanation {
  experiment: string;
  host: string;
  deliveredPps: number;
  limiting: Bottleneck;
  stages: StageLoad[];
  lossesPps: Losses;
  /** The limit in one sentence. */
  sentence: string;
  /** Single changes, best first; those that the host cannot do or that gain nothing are left out. */
  changes: RankedChange[];
}

/** Most changes worth reading. */
const listed = 5;

/** A change below this is noise. */
const smallestGain = 0.005;

/**
 * Explains a prediction: the limiting stage, the slack of every stage, and which single change the model expects most of.
 *
 * @throws {HostError} when the host cannot express the experiment
 */
export function explain(experiment: Experiment, host: Host): Explanation {
  const now = predict(experiment, host);
  const assessment = assess(experiment, host);
  const utilization = meanUtilization(assessment);
  const changes = changesOf(experiment, host).flatMap((change): RankedChange[] => {
    const changed = assessed(change.experiment, host);
    if (changed === null) return [];
    const predictedPps = expected(changed, deliveredPps);
    const gain = predictedPps / Math.max(now.deliveredPps, 1e-9) - 1;
    if (gain < smallestGain) return [];
    const { low, high } = ratioInterval(assessment, changed);
    return [{ ...change, predictedPps, gain, gainInterval: { low: low - 1, high: high - 1 } }];
  });
  const limiting = now.bottleneck ?? 'none';
  return {
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
    sentence: sentenceOf(now, limiting, host.receivePath),
    changes: changes.sort((a, b) => b.gain - a.gain).slice(0, listed),
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
