/** How an experiment is simulated. */
export interface SimulateOptions {
  /** Integer from 0 to 2^32 - 1; equal seeds give equal outcomes, and the same random numbers to experiments that are compared. */
  seed: number;
  /** Length of the window of each replication, in simulated seconds, above 0 to 3600. */
  seconds: number;
  /** Independent runs, from which the interval comes; 8 unless given. */
  replications?: number;
}

/** Refuses options that mean nothing. @throws {RangeError} naming the option, its rule and its value */
export function checkOptions({ seed, seconds, replications = 8 }: SimulateOptions): Required<SimulateOptions> {
  if (!(Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff)) refuse('seed must be an integer from 0 to 4294967295', seed);
  if (!(seconds > 0 && seconds <= 3600)) refuse('seconds must be above 0 and at most 3600', seconds);
  if (!(Number.isInteger(replications) && replications >= 1 && replications <= 10_000))
    refuse('replications must be an integer from 1 to 10000', replications);
  return { seed, seconds, replications };
}

function refuse(rule: string, value: unknown): never {
  throw new RangeError(`simulate: ${rule}, got ${value}`);
}
