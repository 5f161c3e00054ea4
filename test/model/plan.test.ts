import { describe, expect, it } from 'vitest';
import { HostError } from '../../src/experiment/errors.js';
import { plan } from '../../src/model/index.js';
import { article } from '../../src/records/article.js';
import { experimentWith, labHost } from './hosts.js';

describe('plan on the article’s host', () => {
  it('finds each role', () => {
    const cpuOf = (id: string) => plan(experiment(id), article.host).readerCpus;
    expect(cpuOf('pinned')).toEqual([1]);
    expect(cpuOf('place-same-cpu')).toEqual([4]);
    expect(cpuOf('place-ht-sibling')).toEqual([16]);
    expect(cpuOf('place-other-node')).toEqual([6]);
    expect(cpuOf('two-threads-one-socket')).toEqual([1, 2]);
    expect(cpuOf('aligned-four')).toEqual([4, 5, 16, 17]);
    expect(cpuOf('naive')).toEqual([null]);
  });

  it('lets two senders to one address be one queue, and two addresses two', () => {
    expect(plan(experiment('two-senders-one-ip'), article.host).queues).toEqual([{ queue: 4, cpu: 4 }]);
    expect(plan(experiment('two-ips'), article.host).queues).toEqual([
      { queue: 3, cpu: 3 },
      { queue: 5, cpu: 6 },
    ]);
  });

  it('leaves open what nobody can know', () => {
    const { flows, queues } = plan(
      experimentWith({ nic: { observedQueues: {} }, receiver: { layout: 'reuseport', placements: ['unpinned', 'unpinned'] } }),
      article.host,
    );
    expect(flows[0]).toMatchObject({ queue: null, socket: null });
    expect(queues).toHaveLength(11);
  });

  it('uses a known key', () => {
    const { flows } = plan(experimentWith({ nic: { observedQueues: {}, hashKey: '6d5a56da255b0ec24167253d43a38fb0' } }), article.host);
    expect(flows[0]?.queue).toBe(8);
  });

  it('says when queues share a CPU', () => {
    const { deviations } = plan({ ...experiment('two-ips'), nic: { ...experiment('two-ips').nic, queueCpus: { '3': 2, '5': 2 } } }, article.host);
    expect(deviations).toEqual(['nic.queueCpus: CPU 2 serves queues 3, 5.']);
  });

  it('refuses a CPU that is not there', () => {
    expect(() => plan(experimentWith({ receiver: { placements: [{ cpu: 24 }] } }), article.host)).toThrow(HostError);
    expect(() => plan(experimentWith({ nic: { queueCpus: { '4': 99 } } }), article.host)).toThrow(/nic.queueCpus\["4"\]: host article has no CPU 99/);
  });
});

describe('plan on one machine', () => {
  it('sends on the first half of the cores and reads on the rest', () => {
    const planned = plan(experiment('two-ips'), labHost(4));
    expect(planned).toMatchObject({
      receivePath: 'veth',
      sourceCpus: [0, 1],
      readerCpus: [3],
      queues: [
        { queue: 0, cpu: 0 },
        { queue: 1, cpu: 1 },
      ],
      deviations: [],
    });
  });

  it('doubles senders up and says so', () => {
    const planned = plan(experiment('two-ips'), labHost(2));
    expect(planned.sourceCpus).toEqual([0, 0]);
    expect(planned.queues).toEqual([{ queue: 0, cpu: 0 }]);
    expect(planned.deviations).toHaveLength(2);
  });

  it('moves the softirq to the reader by RPS when the reader is to share the queue’s CPU', () => {
    expect(plan(experiment('place-same-cpu'), labHost(2))).toMatchObject({
      receivePath: 'veth-rps',
      queues: [{ queue: 0, cpu: 1 }],
      readerCpus: [1],
    });
  });

  it('puts everything on the only CPU', () => {
    expect(plan(experiment('pinned'), labHost(1))).toMatchObject({ sourceCpus: [0], readerCpus: [0], queues: [{ queue: 0, cpu: 0 }] });
  });

  it.each([
    ['place-ht-sibling', /no hyper-thread sibling/],
    ['place-other-node', /single NUMA node/],
    ['aligned-four', /"queue" steering to 4 sockets needs 4/],
  ])('refuses %s with the reason', (id, reason) => {
    expect(() => plan(experiment(id), labHost(2))).toThrow(HostError);
    expect(() => plan(experiment(id), labHost(2))).toThrow(reason);
  });

  it('steers by queue where there are enough sending CPUs', () => {
    expect(
      plan(
        {
          ...experiment('aligned-four'),
          receiver: {
            ...experiment('aligned-four').receiver,
            placements: [0, 1, 2, 3].map((index) => ({ role: 'queue-node', queue: index, index })),
          },
        },
        labHost(8),
      ).flows.map(({ socket }) => socket),
    ).toEqual([0, 1, 2, 3]);
  });
});

function experiment(id: string) {
  const found = article.experiments[id];
  if (!found) throw new Error(id);
  return found;
}
