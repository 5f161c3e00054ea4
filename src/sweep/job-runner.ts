import type { PlannedJob } from './planned-job.js';

/** Where the missing jobs of a sweep are run: this machine, or a cluster. */
export interface JobRunner {
  /** What `run` does beside answering, for a dry run: one line each. */
  describe(jobs: readonly PlannedJob[], folder: string): string[];
  /**
   * Runs jobs until each has its result file.
   *
   * @param folder that of the sweep, absolute
   * @param options onProgress: told what is going on, where there is more to say than how many are done
   * @throws {DOMException} named AbortError when the signal fires; finished results are kept
   */
  run(jobs: readonly PlannedJob[], folder: string, options: { signal: AbortSignal | undefined; onProgress: (text: string) => void }): Promise<void>;
}
