import { HostError } from '../../experiment/errors.js';
import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { Plan } from '../../experiment/plan.js';
import { microsoftRssKey } from '../rss/microsoft-rss-key.js';
import { takesFrames } from '../stages/frame-host.js';
import { flowsOf } from './flows.js';
import { noteFloods } from './note-floods.js';
import { refuseForeignDestinations } from './refuse-foreign-destinations.js';
import { softwareNicCpus } from './software-nic-cpus.js';
import { sourceCpu } from './source-cpu.js';
import { splitCores } from './split-cores.js';
import { steerByQueue } from './steer-by-queue.js';
import { wireCpuOf } from './wire-cpu-of.js';

/**
 * Plan for one machine whose wire is an in-kernel source and whose NIC is an XDP program: the wire on the first sending core, queues on the
 * other CPUs, readers where they want to be beside them. Every flow's queue is known: observed ones are programmed, the rest is hashed.
 */
export function planSoftwareNic(experiment: Experiment, host: Host): Plan {
  const { receiver, sources } = experiment;
  refuse(experiment);
  refuseForeignDestinations(sources);
  const deviations: string[] = [];
  const split = splitCores(host);
  const wireCpu = wireCpuOf(experiment, host) ?? split.senders[0]?.cpu ?? 0;
  const flows = knownFlows(experiment, deviations);
  const frames = takesFrames(experiment, host);
  const queues = [...new Set(flows.map(({ queue }) => queue ?? 0))].sort((a, b) => a - b);
  const sourceCpus = sources.map((source, index) => (source.kind === 'socket' ? sourceCpu(source, index, split.senders, host) : wireCpu));
  const sendingCpus = [...new Set([wireCpu, ...sourceCpus.flatMap((cpu) => cpu ?? [])])];
  // The driver's program runs on the CPU that sends: where no ring lies behind it, nothing takes a frame to another CPU but its reader.
  const placed = frames
    ? { ...experiment, nic: { ...experiment.nic, queueCpus: Object.fromEntries(queues.map((queue) => [queue, wireCpu])) } }
    : experiment;
  const { queueCpus, readerCpus } = softwareNicCpus(placed, host, sendingCpus, queues);
  const served = [...queueCpus].map(([queue, cpu]) => ({ queue, cpu }));
  const wirePps = sources.map((source) => (source.kind === 'socket' ? null : (source.offeredPps ?? 1e9 / host.costs.sendNs.value)));
  noteFloods(experiment, wirePps, deviations);
  if (frames) noteFrames(queues, wireCpu, readerCpus, deviations);
  noteSharing(placed, host, sourceCpus, served, readerCpus, deviations);
  return {
    receivePath: 'software-nic',
    sourceCpus,
    wirePps,
    readerCpus,
    queues: served,
    flows: receiver.steering === 'queue' ? steered(experiment, host, flows, served) : flows,
    deviations,
  };
}

function refuse({ sources, receiver }: Experiment): void {
  for (const [index, { segmentation, kind, arrivals }] of sources.entries()) {
    if (segmentation)
      throw new HostError(
        `sources[${index}].segmentation: the software NIC takes single packets; leave segmentation out, or use a host whose receive path is veth`,
      );
    if (arrivals && kind !== 'socket')
      throw new HostError(
        `sources[${index}].arrivals: the wire keeps a constant pace; set sources[${index}].kind to "socket", or leave arrivals out`,
      );
  }
  if (receiver.path === 'io-uring')
    throw new HostError('receiver.path: the model has no io-uring stage behind a software NIC; leave path out, or set it to "socket"');
  if (receiver.path === 'af-xdp') refuseForFrames({ sources, receiver });
  if (receiver.gro)
    throw new HostError('receiver.gro: the software NIC hands on single packets; leave gro out, or use a host whose receive path is veth');
}

function refuseForFrames({ sources, receiver }: Pick<Experiment, 'sources' | 'receiver'>): void {
  const program = sources.findIndex(({ kind }) => kind === 'socket');
  if (program >= 0) throw new HostError(`sources[${program}].kind: AF_XDP takes the frames of the wire; leave kind out, or set it to "wire"`);
  if (receiver.layout !== 'single') throw new HostError('receiver.layout: one thread reads an AF_XDP socket; set it to "single"');
  if (receiver.socketBufferBytes !== null)
    throw new HostError('receiver.socketBufferBytes: an AF_XDP socket has memory of its own for 4096 frames; leave socketBufferBytes out');
}

/** One socket takes one queue, and on the wire's CPU, which is never idle, its reader would starve. */
function noteFrames(queues: number[], wireCpu: number, readerCpus: (number | null)[], deviations: string[]): void {
  if (queues.length > 1)
    throw new HostError(`receiver.path: an AF_XDP socket takes the frames of one RX queue, and this experiment reaches ${queues.join(', ')}`);
  if (readerCpus.includes(wireCpu))
    throw new HostError(`receiver.placements: CPU ${wireCpu} makes the frames of the wire and has no time for an AF_XDP reader; name another CPU`);
  deviations.push(
    `AF_XDP takes the frames of queue ${queues[0]} in the driver, on the CPU that sends them: they pass neither a ring nor a queue's thread.`,
  );
}

function knownFlows(experiment: Experiment, deviations: string[]): Plan['flows'] {
  const { nic } = experiment;
  const flows = flowsOf(experiment);
  if (flows.every(({ queue }) => queue !== null)) return flows;
  deviations.push("nic.hashKey: nobody gives one, so the software NIC hashes with Microsoft's published key.");
  const hashKey = [...microsoftRssKey].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return flowsOf({ ...experiment, nic: { ...nic, hashKey } });
}

/** Steering reads the CPU of the softirq, so each queue that is to have a socket of its own needs a CPU of its own. */
function steered({ receiver }: Experiment, host: Host, flows: Plan['flows'], served: { queue: number; cpu: number }[]): Plan['flows'] {
  const sockets = receiver.placements.length;
  const cpus = new Set(served.map(({ cpu }) => cpu)).size;
  if (cpus < sockets)
    throw new HostError(
      `receiver.steering: host ${host.name} serves the queues on ${cpus} CPU(s), "queue" steering to ${sockets} sockets needs ${sockets}`,
    );
  return steerByQueue(
    flows,
    served.map(({ queue }) => queue),
    sockets,
  );
}

function noteSharing(
  { nic, sources }: Experiment,
  host: Host,
  sourceCpus: (number | null)[],
  served: { queue: number; cpu: number }[],
  readerCpus: (number | null)[],
  deviations: string[],
): void {
  for (const { queue, cpu } of served) {
    const asked = nic.queueCpus[queue];
    if (asked !== undefined && asked !== cpu)
      deviations.push(`nic.queueCpus: queue ${queue} is served by CPU ${cpu}, because host ${host.name} has no CPU ${asked}.`);
  }
  for (const cpu of new Set([...sourceCpus, ...served.map((queue) => queue.cpu), ...readerCpus])) {
    const queues = served.filter((queue) => queue.cpu === cpu).map(({ queue }) => queue);
    const wire = sources.some(({ kind }, index) => kind !== 'socket' && sourceCpus[index] === cpu);
    const senders = sources.filter(({ kind }, index) => kind === 'socket' && sourceCpus[index] === cpu).length;
    const jobs = [
      ...(wire ? ['the wire'] : []),
      ...counted(senders, 'sender'),
      ...(queues.length ? [`queue${queues.length > 1 ? 's' : ''} ${queues.join(', ')}`] : []),
      ...counted(readerCpus.filter((reader) => reader === cpu).length, 'reader'),
    ];
    if (cpu !== null && jobs.length + Math.max(0, queues.length - 1) > 1) deviations.push(`CPU ${cpu} runs ${jobs.join(', ')}.`);
  }
}

function counted(count: number, name: string): string[] {
  return count === 0 ? [] : [count === 1 ? `a ${name}` : `${count} ${name}s`];
}
