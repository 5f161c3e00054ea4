import type { Experiment } from '../../experiment/experiment.js';
import type { Run } from '../../experiment/run.js';
import { measuredReaderNs } from '../residual/measured-reader-ns.js';
import { measuredSoftirqNs } from '../residual/measured-softirq-ns.js';

/** What a run says of a host's costs. */
export interface Reading {
  experiment: Experiment;
  offeredPps: number;
  deliveredPps: number;
  /** CPU time of the readers for each packet; null where nothing tells it. */
  readerNs: number | null;
  /** CPU time of the softirqs for each packet that they served; null where nothing tells it apart from the senders'. */
  softirqNs: number | null;
}

/** Reads a run as evidence of costs. */
export function readingOf(run: Run): Reading {
  return {
    experiment: run.experiment,
    offeredPps: run.outcome.offeredPps ?? Number.NaN,
    deliveredPps: run.outcome.deliveredPps,
    readerNs: measuredReaderNs(run)?.value ?? null,
    softirqNs: measuredSoftirqNs(run),
  };
}
