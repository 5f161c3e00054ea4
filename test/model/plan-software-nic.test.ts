import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostError } from '../../src/experiment/errors.js';
import { indirectionTable, plan } from '../../src/model/index.js';
import { article } from '../../src/records/article.js';
import { experimentWith, labHost } from './hosts.js';

const hostOf = (cpus: number) => labHost(cpus, { receivePath: 'software-nic' });
const twoNodes = { ...article.host, receivePath: 'software-nic' as const };
const experiment = (id: string) => article.experiments[id] ?? expect.fail(id);
const anyQueue = { observedQueues: {}, hashKey: null };

describe('plan on a software NIC', () => {
  it('gives the wire the first sending core, the reader a CPU of its own, and the queue what is left', () => {
    expect(plan(experiment('pinned'), hostOf(4))).toMatchObject({
      receivePath: 'software-nic',
      sourceCpus: [0],
      queues: [{ queue: 4, cpu: 1 }],
      readerCpus: [3],
    });
    const two = plan(experiment('pinned'), hostOf(2));
    expect(two).toMatchObject({ sourceCpus: [0], queues: [{ queue: 4, cpu: 0 }], readerCpus: [1] });
    expect(two.deviations).toContain('CPU 0 runs the wire, queue 4.');
  });

  it('puts a queue-cpu reader on its queue’s CPU, and the second queue on the second CPU', () => {
    expect(plan(experiment('place-same-cpu'), hostOf(2))).toMatchObject({ queues: [{ queue: 4, cpu: 1 }], readerCpus: [1] });
    expect(plan(experiment('two-ips'), hostOf(2))).toMatchObject({
      queues: [
        { queue: 3, cpu: 0 },
        { queue: 5, cpu: 1 },
      ],
      readerCpus: [1],
    });
  });

  it('shares the only CPU and says so', () => {
    const { sourceCpus, queues, readerCpus, deviations } = plan(experiment('pinned'), hostOf(1));
    expect([sourceCpus, queues, readerCpus]).toEqual([[0], [{ queue: 4, cpu: 0 }], [0]]);
    expect(deviations).toContain('CPU 0 runs the wire, queue 4, a reader.');
  });

  it('plans every experiment of the article on two nodes with hyper-threads, each job on a CPU of its own', () => {
    for (const one of Object.values(article.experiments)) {
      const { sourceCpus, queues, readerCpus, flows } = plan(one, twoNodes);
      expect(new Set(sourceCpus)).toEqual(new Set([0]));
      const pinned = readerCpus.filter((cpu) => cpu !== null);
      const jobs = [0, ...queues.map(({ cpu }) => cpu), ...(one.id === 'place-same-cpu' ? [] : pinned)];
      expect(new Set(jobs).size, one.id).toBe(jobs.length);
      expect(flows.every(({ queue }) => queue !== null)).toBe(true);
    }
    expect(plan(experiment('place-ht-sibling'), twoNodes).readerCpus).toEqual([13]);
    expect(plan(experiment('place-other-node'), twoNodes).readerCpus).toEqual([6]);
    expect(plan(experiment('naive'), twoNodes).readerCpus).toEqual([null]);
  });

  it.each([
    ['place-ht-sibling', /no hyper-thread sibling/],
    ['place-other-node', /single NUMA node/],
    ['aligned-other-node', /single NUMA node/],
    ['aligned-four', /"queue" steering to 4 sockets needs 4/],
  ])('refuses %s on two CPUs with the reason, and plans the rest of the article', (id, reason) => {
    expect(() => plan(experiment(id), hostOf(2))).toThrow(HostError);
    expect(() => plan(experiment(id), hostOf(2))).toThrow(reason);
    for (const one of Object.values(article.experiments)) {
      if (!/ht-sibling|other-node|aligned/.test(one.id)) expect(plan(one, hostOf(2)).receivePath).toBe('software-nic');
    }
  });

  it('knows the queue of every flow: observed, else by the given key, else by Microsoft’s, through the table', () => {
    const sources = [{ destinations: ['192.168.254.1', '192.168.254.2', '192.168.254.3', '192.168.254.4'] }];
    const queuesWith = (nic: object) =>
      plan(experimentWith({ sources, nic: { queues: 2, ...anyQueue, ...nic } }), hostOf(4)).flows.map(({ queue }) => queue);
    // The generator's own counters for sender .30, native-lab facts, section 8.
    expect(queuesWith({})).toEqual([1, 0, 0, 0]);
    expect(queuesWith({ observedQueues: { '192.168.254.2': 1 } })).toEqual([1, 1, 0, 0]);
    expect(queuesWith({ indirectionTable: indirectionTable([0, 1]) })).toEqual([1, 1, 1, 1]);
    expect(plan(experimentWith({ nic: { queues: 2, ...anyQueue } }), hostOf(4)).deviations.join()).toMatch(/Microsoft's published key/);
  });

  it('says what the wire offers: a schedule as it is, a flood as one core of the sending host, nothing for a program', () => {
    const { wirePps, sourceCpus, deviations } = plan(
      experimentWith({ sources: [{ offeredPps: 250_000 }, {}, { kind: 'socket', placement: { cpu: 2 } }] }),
      hostOf(4),
    );
    expect(wirePps).toEqual([250_000, 1e9 / hostOf(4).costs.sendNs.value, null]);
    expect(sourceCpus).toEqual([0, 0, 2]);
    expect(deviations.join()).toMatch(/one sending core's worth/);
  });

  it('obeys CPUs that are named, and says which are not there', () => {
    expect(plan(experimentWith({ nic: { queueCpus: { '4': 3 } } }), hostOf(4)).queues).toEqual([{ queue: 4, cpu: 3 }]);
    expect(plan(experimentWith({ sources: [{ placement: { cpu: 2 } }] }), hostOf(4)).sourceCpus).toEqual([2]);
    expect(plan(experimentWith({ nic: { queueCpus: { '4': 9 } } }), hostOf(4)).deviations.join()).toMatch(/has no CPU 9/);
  });

  it.each([
    [{ sources: [{ segmentation: { segments: 64, cutBy: 'device' as const } }] }, /segmentation/],
    [{ sources: [{ arrivals: 'poisson' as const }] }, /the wire keeps a constant pace/],
    [{ sources: [{ placement: { cpu: 0 } }, { placement: { cpu: 1 } }] }, /all wire sources run on one CPU/],
    [{ sources: [{ placement: { cpu: 9 } }] }, /has no CPU 9/],
    [{ sources: [{ destinations: ['10.0.0.1'] }] }, /not 10.0.0.1/],
    [{ receiver: { path: 'io-uring' as const } }, /no io-uring stage/],
    [{ sources: [{ kind: 'socket' as const }], receiver: { path: 'af-xdp' as const } }, /AF_XDP takes the frames of the wire/],
    [{ receiver: { path: 'af-xdp' as const, placements: [{ cpu: 0 }] } }, /CPU 0 makes the frames of the wire/],
    [
      { sources: [{ destinations: ['192.168.254.1', '192.168.254.2'] }], nic: { queues: 2, ...anyQueue }, receiver: { path: 'af-xdp' as const } },
      /takes the frames of one RX queue, and this experiment reaches 0, 1/,
    ],
    [{ receiver: { gro: true } }, /gro/],
  ])('refuses what it cannot express: %j', (changes, reason) => {
    expect(() => plan(experimentWith(changes), hostOf(4))).toThrow(HostError);
    expect(() => plan(experimentWith(changes), hostOf(4))).toThrow(reason);
  });

  it('lets AF_XDP take the frames on the wire’s CPU, whatever CPU the queue was to have, and says so', () => {
    const { queues, readerCpus, deviations } = plan(experimentWith({ nic: { queueCpus: { '4': 2 } }, receiver: { path: 'af-xdp' } }), hostOf(4));
    expect(queues).toEqual([{ queue: 4, cpu: 0 }]);
    expect(readerCpus).not.toContain(0);
    expect(deviations.join()).toMatch(/they pass neither a ring nor a queue's thread/);
  });

  it('refuses a wire where there is neither a software NIC nor a veth', () => {
    const wired = experimentWith({ sources: [{ kind: 'wire' }] });
    for (const host of [labHost(2, { receivePath: 'veth-rps' }), article.host])
      expect(() => plan(wired, host)).toThrow(/a wire needs a host whose receive path is software-nic or veth/);
  });

  it('names only CPUs of the host, and queues that some flow reaches, whatever is asked', () => {
    const jobs = fc.record({
      cpus: fc.integer({ min: 1, max: 12 }),
      queues: fc.integer({ min: 1, max: 16 }),
      addresses: fc.integer({ min: 1, max: 20 }),
      readers: fc.integer({ min: 1, max: 6 }),
      role: fc.constantFrom('queue-cpu' as const, 'queue-node' as const),
    });
    fc.assert(
      fc.property(jobs, ({ cpus, queues, addresses, readers, role }) => {
        const planned = plan(
          experimentWith({
            sources: [{ destinations: Array.from({ length: addresses }, (_, index) => `192.168.254.${index + 1}`) }],
            nic: { queues, ...anyQueue },
            receiver: { layout: 'shared', placements: Array.from({ length: readers }, (_, index) => ({ role, queue: index % queues, index })) },
          }),
          hostOf(cpus),
        );
        for (const cpu of [...planned.queues.map((queue) => queue.cpu), ...planned.readerCpus]) expect(cpu).toBeLessThan(cpus);
        expect(new Set(planned.flows.map(({ queue }) => queue))).toEqual(new Set(planned.queues.map(({ queue }) => queue)));
      }),
    );
  });
});

describe('plan with an indirection table of an unknown key', () => {
  it('opens only the queues that the table holds', () => {
    const { queues } = plan(experimentWith({ nic: { queues: 4, ...anyQueue, indirectionTable: [0, 2] } }), article.host);
    expect(queues.map(({ queue }) => queue)).toEqual([0, 2]);
  });
});

describe('plan on loopback', () => {
  it('is that of veth, without RPS, and says what is missing', () => {
    const { deviations: _, ...veth } = plan(experiment('two-ips'), labHost(4));
    const { deviations, ...loopback } = plan(experiment('two-ips'), labHost(4, { receivePath: 'loopback' }));
    expect(loopback).toEqual({ ...veth, receivePath: 'loopback' });
    expect(deviations.join()).toMatch(/over this machine's loopback: .* share one namespace/);
    expect(plan(experiment('place-same-cpu'), labHost(4, { receivePath: 'loopback' }))).toMatchObject({ receivePath: 'loopback', readerCpus: [0] });
  });
});
