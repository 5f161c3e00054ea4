import fc from 'fast-check';
import type { Experiment } from '../../src/experiment/experiment.js';
import type { Host } from '../../src/experiment/host.js';
import { experimentWith } from './hosts.js';
import { guest } from './software-nic-host.js';

const cpu = fc.integer({ min: 0, max: 3 });

/** Wires, queues, readers and sizes of every kind on one to four CPUs: half of the queues and readers share a CPU with something. */
export const softwareNicConfigurations: fc.Arbitrary<{ experiment: Experiment; host: Host }> = fc
  .record({
    cpus: fc.constantFrom(1, 2, 2, 3, 4),
    paces: fc.array(
      fc.double({ min: 3.5, max: 6.3, noNaN: true }).map((exponent) => Math.round(10 ** exponent)),
      { minLength: 1, maxLength: 2 },
    ),
    queueCpus: fc.array(cpu, { minLength: 1, maxLength: 3 }),
    readers: fc.array(cpu, { minLength: 1, maxLength: 3 }),
    layout: fc.constantFrom('single' as const, 'shared' as const, 'reuseport' as const),
    ringPackets: fc.constantFrom(64, 512, 1024),
    socketBufferBytes: fc.constantFrom(null, null, 65_536, 4_000_000),
    workNs: fc.constantFrom(0, 0, 0, 500, 5000),
    program: fc.constantFrom(false, false, false, true),
  })
  .map(({ cpus, paces, queueCpus, readers, layout, ringPackets, socketBufferBytes, workNs, program }) => {
    const addresses = queueCpus.map((_, queue) => `192.168.254.${queue + 1}`);
    const placements = (layout === 'single' ? readers.slice(0, 1) : readers).map((reader) => ({ cpu: reader % cpus }));
    const byAddress = (numbers: number[]) => Object.fromEntries(addresses.map((address, index) => [address, numbers[index] ?? 0]));
    return {
      host: guest(cpus),
      experiment: experimentWith({
        sources: [
          ...paces.map((offeredPps) => ({ offeredPps, destinations: addresses, placement: { role: 'sender-core' as const, index: 0 } })),
          ...(program
            ? [{ kind: 'socket' as const, destinations: addresses, batchPackets: 16, placement: { cpu: cpus - 1 }, offeredPps: 100_000 }]
            : []),
        ],
        nic: {
          queues: queueCpus.length,
          ringPackets,
          observedQueues: byAddress(queueCpus.map((_, queue) => queue)),
          queueCpus: Object.fromEntries(queueCpus.map((number, queue) => [`${queue}`, number % cpus])),
        },
        receiver: {
          layout,
          placements,
          observedSockets: byAddress(queueCpus.map((_, queue) => queue % placements.length)),
          socketBufferBytes,
          workNs,
        },
      }),
    };
  });
