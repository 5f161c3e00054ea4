import type { Run } from '../experiment/index.js';

/**
 * How many packets one system call carried on average in the measured window of a run; a limit on the batch says only how many it may carry.
 * @param who the threads that send or those that receive
 * @returns NaN when no call was made
 * @example packetsPerCall(recordedRuns('pinned')[0], 'receivers')
 */
export function packetsPerCall({ samples, window: { first, last } }: Run, who: 'senders' | 'receivers'): number {
  const grown = (what: 'packets' | 'calls') => {
    const at = (sample: number) => (samples[sample]?.[who] ?? []).reduce((sum, thread) => sum + thread[what], 0);
    return at(last) - at(first);
  };
  return grown('packets') / grown('calls');
}
