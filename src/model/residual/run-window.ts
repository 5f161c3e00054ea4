import type { Run } from '../../experiment/run.js';

/** What a run's counters say of its measured window. */
export interface RunWindow {
  seconds: number;
  /** Packets that the readers took. */
  readPackets: number;
  /** CPU time of the readers. */
  readerCpuNs: number;
  /** recvmmsg calls that returned packets. */
  readCalls: number;
}

/** Reads the measured window from the raw cumulative counters. */
export function runWindow({ samples, window }: Pick<Run, 'samples' | 'window'>): RunWindow {
  const [first, last] = [samples[window.first], samples[window.last]];
  if (!first || !last) throw new RangeError(`runWindow: window must lie inside ${samples.length} samples, got ${window.first} to ${window.last}`);
  const grown = (field: 'packets' | 'cpuNs' | 'calls') =>
    last.receivers.reduce((sum, thread) => sum + thread[field], 0) - first.receivers.reduce((sum, thread) => sum + thread[field], 0);
  return { seconds: (last.tNs - first.tNs) / 1e9, readPackets: grown('packets'), readerCpuNs: grown('cpuNs'), readCalls: grown('calls') };
}
