import type { Run } from '../../experiment/run.js';
import { isInline } from './is-inline.js';

/**
 * CPU time of softirqs for each packet that they served, by clock ticks; null where they run inside the sender's call and its own clock says more,
 * and where threads of the software NIC do their work.
 */
export function measuredSoftirqNs(run: Pick<Run, 'plan' | 'outcome'>): number | null {
  if (isInline(run) || run.plan.receivePath === 'software-nic') return null;
  const servicedPps = run.outcome.queues.reduce((sum, queue) => sum + queue.servicedPps, 0);
  const busy = run.outcome.cpus
    .filter(({ cpu }) => run.plan.queues.some((queue) => queue.cpu === cpu))
    .reduce((sum, { softirq }) => sum + softirq, 0);
  return servicedPps > 0 && busy > 0 ? (busy * 1e9) / servicedPps : null;
}
