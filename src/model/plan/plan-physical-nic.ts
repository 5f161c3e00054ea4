import { HostError } from '../../experiment/errors.js';
import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { Plan } from '../../experiment/plan.js';
import { flowsOf } from './flows.js';
import { readerCpu } from './reader-cpu.js';
import { steerByQueue } from './steer-by-queue.js';
import { cpuByNumber, siblings } from './topology.js';

/** Plan for packets that another machine sends through a NIC with hardware queues. */
export function planPhysicalNic(experiment: Experiment, host: Host): Plan {
  const { nic, receiver, sources } = experiment;
  const deviations: string[] = [];
  const queueCpu = (queue: number) => servingCpu(queue, experiment, host);
  const flows = flowsOf(experiment);
  const known = flows.flatMap(({ queue }) => queue ?? []);
  const reachable = nic.indirectionTable ?? Array.from({ length: nic.queues }, (_, queue) => queue);
  const everywhere = known.length < flows.length ? [...known, ...reachable] : known;
  const queues = [...new Set(everywhere)].sort((a, b) => a - b).map((queue) => ({ queue, cpu: queueCpu(queue) }));
  for (const { queue, cpu } of queues) {
    if (nic.queueCpus[queue] === undefined && cpu !== queue)
      deviations.push(`nic.queueCpus: queue ${queue} is served by CPU ${cpu}, because host ${host.name} has no CPU ${queue}.`);
  }
  // With an unknown key any queue may be hit; readers then avoid only what is certain, or nothing would be left for them.
  const named = receiver.placements.flatMap((placement) => (typeof placement === 'object' && 'role' in placement ? placement.queue : []));
  const taken = new Set(
    [...known, ...(known.length < flows.length ? named : [])]
      .map(queueCpu)
      .flatMap((cpu) => [cpu, ...siblings(host, cpu).map((sibling) => sibling.cpu)]),
  );
  const free = host.cpus.filter(({ cpu }) => !taken.has(cpu));
  const readerCpus = receiver.placements.map((placement, index) =>
    readerCpu(placement, `receiver.placements[${index}]`, { host, queueCpu, free, wraps: false }),
  );
  for (const [cpu, shared] of groupByCpu(queues)) {
    if (shared.length > 1 && known.length === flows.length) deviations.push(`nic.queueCpus: CPU ${cpu} serves queues ${shared.join(', ')}.`);
  }
  return {
    receivePath: 'physical-nic',
    sourceCpus: sources.map(({ placement }) => (placement === 'unpinned' ? null : 'cpu' in placement ? placement.cpu : placement.index)),
    readerCpus,
    queues,
    flows:
      receiver.steering === 'queue'
        ? steerByQueue(
            flows,
            queues.map(({ queue }) => queue),
            receiver.placements.length,
          )
        : flows,
    deviations,
  };
}

function servingCpu(queue: number, { nic }: Experiment, host: Host): number {
  const assigned = nic.queueCpus[queue];
  if (assigned !== undefined) {
    if (!cpuByNumber(host, assigned)) throw new HostError(`nic.queueCpus["${queue}"]: host ${host.name} has no CPU ${assigned}`);
    return assigned;
  }
  if (cpuByNumber(host, queue)) return queue;
  return host.cpus[queue % host.cpus.length]?.cpu ?? 0;
}

function groupByCpu(queues: { queue: number; cpu: number }[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const { queue, cpu } of queues) groups.set(cpu, [...(groups.get(cpu) ?? []), queue]);
  return groups;
}
