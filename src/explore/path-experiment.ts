import type { Experiment, Placement, Source } from '../experiment/index.js';
import { RandomStream } from '../model/simulate/random-stream.js';
import type { Settings } from './control.js';

/** What one sending core offers at most here, so that many cores and not one send a large load. */
const largestSourcePps = 350e3;

/** One flow on one queue, read by one thread. */
export function oneQueueExperiment(offeredPps: number, placement: Placement, workNs: number): Experiment {
  return pathExperiment({ offeredPps, queues: 1, readers: 1, sockets: 'shared', boot: 1, bufferBytes: 212_992, workNs, role: '' }, placement);
}

/** The settings of the packet's path as an Experiment: an address for each queue, every source sending to all of them in turn. */
export function pathExperiment(settings: Settings, placement?: Placement): Experiment {
  const [queues, readers, offeredPps] = [Number(settings.queues), Number(settings.readers), Number(settings.offeredPps)];
  const addresses = Array.from({ length: queues }, (_, queue) => `192.168.254.${queue + 1}`);
  const senders = Math.ceil(offeredPps / largestSourcePps);
  const isGroup = settings.sockets !== 'shared' && readers > 1;
  return {
    id: 'path',
    title: '',
    sources: Array.from(
      { length: senders },
      (_, index): Source => ({
        placement: { role: 'sender-core', index },
        destinations: addresses,
        sourcePorts: [11404],
        batchPackets: 1024,
        offeredPps: offeredPps / senders,
      }),
    ),
    payloadBytes: 32,
    nic: {
      queues,
      hashFields: ['sourceAddress', 'destinationAddress'],
      hashKey: null,
      observedQueues: Object.fromEntries(addresses.map((address, queue) => [address, queue])),
      ringPackets: 1024,
      queueCpus: {},
    },
    receiver: {
      layout: isGroup ? 'reuseport' : readers > 1 ? 'shared' : 'single',
      placements: Array.from({ length: readers }, (_, index) => placement ?? placementOf(String(settings.role), index, queues)),
      batchPackets: 512,
      socketBufferBytes: Math.round(Number(settings.bufferBytes)),
      workNs: Number(settings.workNs),
      steering: isGroup && settings.sockets === 'steered' ? 'queue' : 'hash',
      observedSockets: isGroup ? socketsByHash(addresses, readers, Number(settings.boot)) : {},
      port: 4321,
    },
    durationS: 2,
    warmUpS: 0.5,
    repeats: 1,
    assumed: {},
  };
}

/** Readers beside the softirqs get one queue's CPU each in turn; elsewhere they get a core each. */
function placementOf(role: string, index: number, queues: number): Placement {
  if (role === 'queue-cpu' || role === 'queue-sibling') return { role, queue: index % queues, index: 0 };
  if (role === 'other-node') return { role, queue: 0, index };
  return { role: 'queue-node', queue: 0, index };
}

/** Where a secret drawn at boot sends each address. */
function socketsByHash(addresses: readonly string[], sockets: number, boot: number): Record<string, number> {
  const random = new RandomStream(boot);
  return Object.fromEntries(addresses.map((address) => [address, Math.floor(random.uniform() * sockets)]));
}
