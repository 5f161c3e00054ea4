import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cpu, Host, Placement } from '../../src/experiment/index.js';
import { plan } from '../../src/model/index.js';
import { possibilitiesOf } from '../../src/model/predict/possibilities.js';
import { experimentWith, labHost } from './hosts.js';

/**
 * Synthetic hosts of two or more nodes, each with cores enough for a sender, a queue and a reader, with the two ways in which firmware numbers
 * hyper-threads: side by side, or all second ones last.
 */
const topologies = fc
  .record({
    nodes: fc.integer({ min: 2, max: 4 }),
    coresOfNode: fc.integer({ min: 3, max: 6 }),
    numbering: fc.constantFrom('side by side', 'second ones last'),
    interleaved: fc.boolean(),
  })
  .map(({ nodes, coresOfNode, numbering, interleaved }) => {
    const cores = nodes * coresOfNode;
    const coreOf = (cpu: number) => (numbering === 'side by side' ? Math.floor(cpu / 2) : cpu % cores);
    const nodeOf = (core: number) => (interleaved ? core % nodes : Math.floor(core / coresOfNode));
    return Array.from({ length: 2 * cores }, (_, cpu): Cpu => ({ cpu, core: coreOf(cpu), node: nodeOf(coreOf(cpu)) }));
  });
const paths = fc.constantFrom<Host['receivePath'][]>('physical-nic', 'software-nic', 'veth', 'loopback');

function planned(cpus: Cpu[], receivePath: Host['receivePath'], placement: Placement) {
  const host = labHost(cpus.length, { cpus, receivePath });
  const experiment = experimentWith({ nic: { queueCpus: {}, observedQueues: { '192.168.254.1': 0 } }, receiver: { placements: [placement] } });
  const chosen = plan(experiment, host);
  const at = (cpu: number | null | undefined) => cpus.find((each) => each.cpu === cpu);
  return { host, experiment, chosen, queue: at(chosen.queues[0]?.cpu), reader: at(chosen.readerCpus[0]) };
}

describe('placements on hosts with hyper-threads and several nodes', () => {
  it('put a reader on the other thread of the queue’s core', () => {
    fc.assert(
      fc.property(topologies, paths, (cpus, path) => {
        const { queue, reader } = planned(cpus, path, { role: 'queue-sibling', queue: 0, index: 0 });
        expect(reader?.core).toBe(queue?.core);
        expect(reader?.cpu).not.toBe(queue?.cpu);
      }),
    );
  });

  it('put a reader on another node', () => {
    fc.assert(
      fc.property(topologies, paths, (cpus, path) => {
        const { queue, reader } = planned(cpus, path, { role: 'other-node', queue: 0, index: 0 });
        expect(reader?.node).not.toBe(queue?.node);
      }),
    );
  });

  it('put a reader on another core of the queue’s node', () => {
    fc.assert(
      fc.property(topologies, paths, (cpus, path) => {
        const { queue, reader } = planned(cpus, path, { role: 'queue-node', queue: 0, index: 0 });
        expect(reader?.node).toBe(queue?.node);
        expect(reader?.core).not.toBe(queue?.core);
      }),
    );
  });

  it('leave an unpinned reader to the scheduler: every CPU that idles is as likely, and none with work', () => {
    fc.assert(
      fc.property(topologies, fc.constantFrom<Host['receivePath'][]>('software-nic', 'veth'), (cpus, path) => {
        const { host, experiment, chosen } = planned(cpus, path, 'unpinned');
        expect(chosen.readerCpus).toEqual([null]);
        const working = [...chosen.sourceCpus, ...chosen.queues.map(({ cpu }) => cpu)];
        const { possibilities } = possibilitiesOf(chosen, experiment, host);
        const readers = possibilities.map(({ named }) => named.cpus[named.scenario.sockets[0]?.readers[0] ?? -1]);
        expect(readers.sort((a = -1, b = -1) => a - b)).toEqual(cpus.map(({ cpu }) => cpu).filter((cpu) => !working.includes(cpu)));
      }),
      { numRuns: 30 },
    );
  });
});
