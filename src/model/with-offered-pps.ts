import type { Experiment } from '../experiment/experiment.js';

/**
 * The same experiment, paced: its sources send so many packets per second in all, shared as they share their schedules now; floods share alike.
 *
 * @throws {RangeError} when offeredPps is not a number above 0
 */
export function withOfferedPps(experiment: Experiment, offeredPps: number): Experiment {
  if (!(offeredPps > 0 && Number.isFinite(offeredPps)))
    throw new RangeError(`withOfferedPps: offeredPps must be a number above 0, got ${offeredPps}`);
  const { sources } = experiment;
  const paced = sources.every((source) => source.offeredPps !== null);
  const total = sources.reduce((sum, source) => sum + (source.offeredPps ?? 0), 0);
  return {
    ...experiment,
    sources: sources.map((source) => ({ ...source, offeredPps: offeredPps * (paced ? (source.offeredPps ?? 0) / total : 1 / sources.length) })),
  };
}
