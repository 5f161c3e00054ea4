import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import { plan } from '../plan/plan.js';
import type { Change } from './change.js';

/** CPUs that are tried for a queue; on a bigger host the rest are like these. */
const mostCpus = 8;

const moreRing = 4;

/** What a software NIC lets a person change beside what every NIC does: its queues' CPUs, its rings, and threads that sleep. */
export function softwareNicChanges(experiment: Experiment, host: Host): Change[] {
  const { nic, receiver } = experiment;
  const moved = plan(experiment, host).queues.flatMap(({ queue, cpu: present }) =>
    host.cpus
      .slice(0, mostCpus)
      .filter(({ cpu }) => cpu !== present)
      .map(({ cpu }) => ({
        change: `serve queue ${queue} on CPU ${cpu}`,
        experiment: { ...experiment, nic: { ...nic, queueCpus: { ...nic.queueCpus, [queue]: cpu } } },
      })),
  );
  return [
    ...moved,
    {
      change: `give each ring ${moreRing * nic.ringPackets} descriptors`,
      experiment: { ...experiment, nic: { ...nic, ringPackets: moreRing * nic.ringPackets } },
    },
    ...(receiver.waiting === 'spin'
      ? []
      : [
          {
            change: 'let the readers ask again at once instead of sleeping',
            experiment: { ...experiment, receiver: { ...receiver, waiting: 'spin' as const } },
          },
        ]),
  ];
}
