import type { Outcome } from '../experiment/outcome.js';

/** A prediction beside what was published, measured or simulated for the same experiment on the same host. */
export interface Comparison {
  experiment: string;
  host: string;
  predictedPps: number;
  observedPps: number;
  /** predicted / observed − 1; 0 when both are 0, Infinity when only the observation is. */
  error: number;
  /** Whether the observation lies in the prediction's interval. */
  insideInterval: boolean;
  /** Kind of the observation. */
  observed: Outcome['kind'];
  /** Counters that both know, per second. */
  counters: { name: string; predictedPps: number; observedPps: number }[];
}

/**
 * Compares a prediction with an observation. Hosts are held fixed: a published figure is compared with a prediction for
 * the article's host, a run with one for the machine that ran.
 *
 * @throws {RangeError} when the two are of different hosts or experiments, or the first is not a prediction
 */
export function compare(predicted: Outcome, observed: Outcome): Comparison {
  if (predicted.kind !== 'predicted' && predicted.kind !== 'simulated')
    throw new RangeError(`compare: predicted.kind must be "predicted" or "simulated", got "${predicted.kind}"`);
  if (predicted.host !== observed.host)
    throw new RangeError(`compare: observed.host must be the host of the prediction "${predicted.host}", got "${observed.host}"`);
  if (predicted.experiment !== observed.experiment)
    throw new RangeError(`compare: observed.experiment must be that of the prediction "${predicted.experiment}", got "${observed.experiment}"`);
  const { low, high } = predicted.delivered;
  return {
    experiment: predicted.experiment,
    host: predicted.host,
    predictedPps: predicted.deliveredPps,
    observedPps: observed.deliveredPps,
    error: predicted.deliveredPps === observed.deliveredPps ? 0 : predicted.deliveredPps / observed.deliveredPps - 1,
    insideInterval: observed.deliveredPps >= low && observed.deliveredPps <= high,
    observed: observed.kind,
    counters: Object.entries(observed.countersPps).flatMap(([name, observedPps]) => {
      const predictedPps = predicted.countersPps[name];
      return predictedPps === undefined ? [] : [{ name, predictedPps, observedPps }];
    }),
  };
}
