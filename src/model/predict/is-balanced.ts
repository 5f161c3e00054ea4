import type { Cpu } from '../../experiment/host.js';
import type { Plan } from '../../experiment/plan.js';

/**
 * Says whether a scheduler would leave threads where a decided plan puts them: it does not keep an unpinned thread on a CPU
 * that another thread uses while a CPU idles.
 *
 * @param open the plan before it was decided: its unpinned threads are the ones that may be moved
 * @source kernel/sched/fair.c select_idle_sibling and newidle_balance, taken as always successful [assumed]
 */
export function isBalanced(decided: Plan, open: Plan, cpus: readonly Cpu[]): boolean {
  const senders = (plan: Plan) => {
    if (plan.receivePath === 'physical-nic') return [];
    // The queues of a software NIC are served by threads like any other.
    return plan.receivePath === 'software-nic' ? [...plan.sourceCpus, ...plan.queues.map(({ cpu }) => cpu)] : plan.sourceCpus;
  };
  const placed = [...senders(decided), ...decided.readerCpus];
  const wasOpen = [...senders(open), ...open.readerCpus].map((cpu) => cpu === null);
  const someIdle = cpus.some(({ cpu }) => !placed.includes(cpu));
  return !someIdle || placed.every((cpu, index) => !wasOpen[index] || placed.indexOf(cpu) === placed.lastIndexOf(cpu));
}
