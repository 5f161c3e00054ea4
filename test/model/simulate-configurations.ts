import fc from 'fast-check';
import type { Experiment } from '../../src/experiment/experiment.js';
import type { Host } from '../../src/experiment/host.js';
import type { Placement } from '../../src/experiment/placement.js';
import type { Source } from '../../src/experiment/source.js';
import { experimentWith, labHost, sampleHost } from './hosts.js';

const placement: fc.Arbitrary<Placement> = fc.record({
  role: fc.constantFrom('queue-cpu' as const, 'queue-sibling' as const, 'queue-node' as const, 'other-node' as const),
  queue: fc.integer({ min: 0, max: 3 }),
  index: fc.integer({ min: 0, max: 1 }),
});
const source: fc.Arbitrary<Partial<Source>> = fc.record({
  destinations: fc
    .uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
    .map((numbers) => numbers.map((n) => `192.168.254.${n}`)),
  batchPackets: fc.constantFrom(1, 64, 1024),
  offeredPps: fc.option(
    fc.double({ min: 3, max: 6, noNaN: true }).map((exponent) => 10 ** exponent),
    { nil: null },
  ),
});
const experiments: fc.Arbitrary<Experiment> = fc
  .record({
    sources: fc.array(source, { minLength: 1, maxLength: 3 }),
    placements: fc.array(placement, { minLength: 1, maxLength: 3 }),
    layout: fc.constantFrom('single' as const, 'shared' as const, 'reuseport' as const),
    sockets: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 }),
    workNs: fc.constantFrom(0, 0, 500, 5000),
  })
  .map(({ sources, placements, layout, sockets, workNs }) => {
    const readers = layout === 'single' ? placements.slice(0, 1) : placements;
    return experimentWith({
      sources,
      nic: { queues: 4, observedQueues: byAddress([0, 1, 2, 3]) },
      receiver: { layout, placements: readers, observedSockets: byAddress(sockets.map((socket) => socket % readers.length)), workNs },
    });
  });
const hosts: fc.Arbitrary<Host> = fc.constantFrom(
  sampleHost,
  sampleHost,
  sampleHost,
  labHost(1),
  labHost(2),
  labHost(4),
  labHost(2, { receivePath: 'veth-rps' }),
  labHost(8),
);

/** Experiments and hosts of every kind; some hosts cannot express some experiments. */
export const configurations: fc.Arbitrary<{ experiment: Experiment; host: Host }> = fc.record({ experiment: experiments, host: hosts });

function byAddress(numbers: number[]): Record<string, number> {
  return Object.fromEntries(numbers.map((number, index) => [`192.168.254.${index + 1}`, number]));
}
