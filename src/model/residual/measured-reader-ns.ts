import type { Run } from '../../experiment/run.js';
import { isInline } from './is-inline.js';
import { runWindow } from './run-window.js';

/** Time of the readers for each packet, and how it was counted. */
export interface MeasuredReaderNs {
  value: number;
  /** Continues a sentence. */
  source: string;
}

/**
 * CPU time of the readers for each packet, wake-ups included; null where nothing was read, nothing tells it, or readers spin, whose clocks also
 * count what they ask in vain. Where a softirq of its own shares their CPU, a thread's clock counts that too, and clock ticks must do.
 */
export function measuredReaderNs(run: Pick<Run, 'experiment' | 'plan' | 'outcome' | 'samples' | 'window'>): MeasuredReaderNs | null {
  const { readPackets, readerCpuNs, readCalls } = runWindow(run);
  if (readPackets === 0 || run.experiment.receiver.waiting === 'spin') return null;
  const queueCpus = run.plan.queues.map(({ cpu }) => cpu);
  const isShared = !isInline(run) && run.plan.readerCpus.some((cpu) => queueCpus.includes(cpu));
  if (!isShared) return { value: readerCpuNs / readPackets, source: `, ${(readCalls / readPackets).toFixed(2)} reads a packet` };
  if (run.plan.sourceCpus.some((cpu) => run.plan.readerCpus.includes(cpu))) return null;
  const busy = run.outcome.cpus.filter(({ cpu }) => run.plan.readerCpus.includes(cpu)).reduce((sum, { system, user }) => sum + system + user, 0);
  return { value: (busy * 1e9) / run.outcome.deliveredPps, source: ', by clock ticks' };
}
