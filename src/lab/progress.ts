import { closeAccount, type Experiment, type Sample } from '../experiment/index.js';

/** What is happening in a run, for progress displays. */
export interface MeasureProgress {
  /** `wait`: another measurement holds the machine. */
  step: 'wait' | 'warm-up' | 'measure';
  elapsedS: number;
  totalS: number;
  /** Delivered since the last progress report. */
  deliveredPps: number;
  deliveredBytesPerSecond: number;
}

/** Describes a run by its newest samples. */
export function progressOf(experiment: Experiment, samples: Sample[], elapsedS: number, totalS: number): MeasureProgress {
  const [before, now] = samples.slice(-2);
  const seconds = before && now ? (now.tNs - before.tNs) / 1e9 : 0;
  const deliveredPps = before && now && seconds > 0 ? closeAccount(before, now, experiment).deliveredPackets / seconds : 0;
  return {
    step: elapsedS < experiment.warmUpS ? 'warm-up' : 'measure',
    elapsedS,
    totalS,
    deliveredPps,
    deliveredBytesPerSecond: deliveredPps * experiment.payloadBytes,
  };
}
