import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostError } from '../../src/experiment/errors.js';
import type { Experiment } from '../../src/experiment/experiment.js';
import type { Host } from '../../src/experiment/host.js';
import type { Outcome } from '../../src/experiment/outcome.js';
import type { Placement } from '../../src/experiment/placement.js';
import type { Source } from '../../src/experiment/source.js';
import { predict } from '../../src/model/index.js';
import { article } from '../../src/records/article.js';
import { experimentWith, labHost } from './hosts.js';

const rate = fc.double({ min: -3, max: 8, noNaN: true }).map((exponent) => 10 ** exponent);
const placement: fc.Arbitrary<Placement> = fc.oneof(
  fc.constant<Placement>('unpinned'),
  fc.record({
    role: fc.constantFrom('queue-cpu' as const, 'queue-sibling' as const, 'queue-node' as const, 'other-node' as const),
    queue: fc.integer({ min: 0, max: 3 }),
    index: fc.integer({ min: 0, max: 1 }),
  }),
);
const source: fc.Arbitrary<Partial<Source>> = fc.record({
  destinations: fc
    .uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
    .map((numbers) => numbers.map((n) => `192.168.254.${n}`)),
  sourcePorts: fc.constantFrom([11404], [11404, 11405]),
  offeredPps: fc.option(rate, { nil: null }),
});
const experiments: fc.Arbitrary<Experiment> = fc
  .record({
    sources: fc.array(source, { minLength: 1, maxLength: 3 }),
    placements: fc.array(placement, { minLength: 1, maxLength: 3 }),
    layout: fc.constantFrom('shared' as const, 'reuseport' as const),
    known: fc.boolean(),
    workNs: fc.constantFrom(0, 500, 20_000),
    payloadBytes: fc.constantFrom(0, 32, 1472, 9000),
  })
  .map(({ sources, placements, layout, known, workNs, payloadBytes }) =>
    experimentWith({
      sources,
      payloadBytes,
      nic: { queues: 4, observedQueues: known ? { '192.168.254.1': 0, '192.168.254.2': 1, '192.168.254.3': 2, '192.168.254.4': 3 } : {} },
      receiver: { layout, placements, workNs },
    }),
  );
const hosts: fc.Arbitrary<Host> = fc.constantFrom(
  article.host,
  labHost(1),
  labHost(2),
  labHost(4),
  labHost(2, { receivePath: 'veth-rps' }),
  labHost(8, { kernelRelease: '4.19' }),
);

describe('every prediction', () => {
  it('closes its account, stays finite and within bounds', () => {
    fc.assert(
      fc.property(experiments, hosts, (experiment, host) => {
        const outcome = orRefused(() => predict(experiment, host));
        if (!outcome) return;
        const losses = Object.values(outcome.lossesPps);
        const offered = outcome.offeredPps ?? Number.NaN;
        const accounted = losses.reduce((sum, pps) => sum + pps, outcome.deliveredPps);
        expect(Math.abs(accounted - offered)).toBeLessThanOrEqual(1e-9 * offered);
        for (const pps of [...losses, ...Object.values(outcome.countersPps)]) expect(pps).toBeGreaterThanOrEqual(-1e-9 * offered);
        expect(numbersIn(outcome).every(Number.isFinite)).toBe(true);
        expect(outcome.delivered.low).toBeLessThanOrEqual(outcome.deliveredPps);
        expect(outcome.delivered.high).toBeGreaterThanOrEqual(outcome.deliveredPps);
        for (const cpu of outcome.cpus) expect(cpu.softirq + cpu.system + cpu.user + cpu.steal + cpu.idle).toBeCloseTo(1, 6);
        expect(sum(outcome.queues.map((queue) => queue.offeredPps))).toBeCloseTo(offered, -Math.log10(Math.max(offered, 1) * 1e-6));
        expect(sum(outcome.sockets.map((socket) => socket.deliveredPps)) / Math.max(outcome.deliveredPps, 1e-12)).toBeCloseTo(
          outcome.deliveredPps > 0 ? 1 : 0,
          6,
        );
      }),
      { seed: 7, numRuns: 250 },
    );
  });
});

describe('a paced load', () => {
  it.each([article.host, labHost(4), labHost(2, { receivePath: 'veth-rps' })])('arrives whole below the knee', (host) => {
    for (const offeredPps of [1e-3, 1, 1e3, 5e4, 1e5]) {
      const outcome = predict(experimentWith({ sources: [{ offeredPps }] }), host);
      expect(outcome.deliveredPps / offeredPps).toBeCloseTo(1, 9);
      expect(outcome.bottleneck).toBe('none');
    }
  });

  it('delivers no less when more is offered, with the reader on another core', () => {
    const rates = Array.from({ length: 40 }, (_, step) => 1e4 + step * 1e4);
    const delivered = rates.map((offeredPps) => predict(experimentWith({ sources: [{ offeredPps }] }), article.host).deliveredPps);
    for (const [index, pps] of delivered.entries()) expect(pps).toBeGreaterThanOrEqual((delivered[index - 1] ?? 0) * (1 - 1e-6));
  });

  it('livelocks on the queue’s own CPU of a physical NIC', () => {
    const sameCpu = (offeredPps: number) =>
      predict(
        experimentWith({
          sources: [1, 2, 3, 4].map(() => ({ offeredPps: offeredPps / 4 })),
          receiver: { placements: [{ role: 'queue-cpu', queue: 4, index: 0 }] },
        }),
        article.host,
      ).deliveredPps;
    expect(sameCpu(400_000)).toBeCloseTo(400_000, 0);
    expect(sameCpu(700_000)).toBeLessThan(250_000);
    // Brief gaps: a packet in 4 ms.
    expect(sameCpu(1_300_000)).toBeLessThan(300);
  });
});

describe('application work', () => {
  it('saves wake-ups while the softirq is the limit, then becomes the limit itself', () => {
    const delivered = [0, 1000, 5000, 20_000].map((workNs) => predict(experimentWith({ sources: [{}, {}], receiver: { workNs } }), article.host));
    expect(delivered.map(({ bottleneck }) => bottleneck)).toEqual(['softirq', 'softirq', 'reader', 'reader']);
    const [none = 0, little = 0, much = 0, most = 0] = delivered.map(({ deliveredPps }) => deliveredPps);
    expect(little).toBeGreaterThan(none);
    expect(much).toBeLessThan(none);
    expect(most).toBeLessThan(50_000);
  });
});

describe('hashing', () => {
  it('averages over exact occupancy: four keys on four sockets', () => {
    const base = article.experiments['reuseport-four'] as Experiment;
    const outcome = predict({ ...base, receiver: { ...base.receiver, observedSockets: {} } }, article.host);
    expect(outcome.notes.at(-1)).toMatch(/^Mean over 256 equally likely outcomes/);
    for (const socket of outcome.sockets) expect(socket.offeredPps).toBeGreaterThan(0);
  });

  it('knows that a wildcard group of a 5.0 kernel sees one flow where the article’s kernel saw two', () => {
    const two = experimentWith({
      sources: [{ destinations: ['192.168.254.1'] }, { destinations: ['192.168.254.2'] }],
      nic: { observedQueues: { '192.168.254.1': 3, '192.168.254.2': 5 } },
      receiver: {
        layout: 'reuseport',
        placements: [
          { role: 'queue-node', queue: 3, index: 0 },
          { role: 'queue-node', queue: 3, index: 1 },
        ],
      },
    });
    expect(predict(two, article.host).notes.at(-1)).toMatch(/Mean over 4 /);
    expect(predict(two, { ...article.host, kernelRelease: '6.1' }).notes.at(-1)).toMatch(/Mean over 2 /);
  });
});

describe('one machine', () => {
  it('is limited by the sending CPU, which runs the receive path', () => {
    const outcome = predict(experimentWith({}), labHost(2));
    expect(outcome.bottleneck).toBe('source');
    expect(outcome.cpus.find(({ cpu }) => cpu === 0)?.idle).toBeLessThan(0.01);
    expect(outcome.lossesPps.nicRing).toBeUndefined();
  });

  it('holds the sender back instead of overflowing when RPS shares the reader’s CPU', () => {
    const outcome = predict(experimentWith({ receiver: { placements: [{ role: 'queue-cpu', queue: 4, index: 0 }] } }), labHost(2));
    expect(outcome.deliveredPps).toBeCloseTo(outcome.offeredPps ?? 0, -2);
    expect(outcome.deliveredPps).toBeGreaterThan(
      0.9 * Math.min(1e9 / article.host.costs.sendNs.value, 1e9 / (article.host.costs.softirqNs.value + article.host.costs.readNs.value)),
    );
  });

  it('loses most packets where a reader must wait for a flooding sender’s slice', () => {
    const outcome = predict(experimentWith({}), labHost(1));
    expect(outcome.lossesPps.socketBuffer).toBeGreaterThan(outcome.deliveredPps);
  });

  it('counts errors as its kernel does', () => {
    const { countersPps } = predict(experimentWith({ receiver: { workNs: 20_000 } }), labHost(4));
    expect(countersPps.RcvbufErrors).toBe(countersPps.InErrors);
    expect(countersPps.InErrors).toBeGreaterThan(0);
  });
});

function orRefused(make: () => Outcome): Outcome | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof HostError) return null;
    throw error;
  }
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

describe('unpinned threads', () => {
  const pps = (placements: Placement[], placement: Source['placement'], host: Host) =>
    predict(experimentWith({ sources: [{ placement }], receiver: { placements, layout: 'shared' } }), host).deliveredPps;

  it('do not share a CPU while another idles: on two CPUs an unpinned pair is a pinned pair', () => {
    const role = { role: 'queue-node', queue: 0, index: 0 } as const;
    expect(pps(['unpinned'], 'unpinned', labHost(2))).toBeCloseTo(pps([role], { role: 'sender-core', index: 0 }, labHost(2)), 6);
  });

  it('share one when there is no other', () => {
    expect(pps(['unpinned'], 'unpinned', labHost(1))).toBeLessThan(pps(['unpinned'], 'unpinned', labHost(2)));
  });
});

describe('turbo', () => {
  it('slows every stage of a package by its clock, and one package leaves the other alone', () => {
    const at = (id: string, turboRatios?: number[]) =>
      predict(article.experiments[id] as Experiment, { ...article.host, turboRatios: turboRatios ?? [1] }).deliveredPps;
    // The softirq's core and the reader's are two of node 0; nothing else works there.
    const slow = at('pinned', [1, 0.9]) / at('pinned');
    expect(slow).toBeGreaterThan(0.88);
    expect(slow).toBeLessThan(0.93);
    expect(at('pinned', [1, 1, 0.5])).toBeCloseTo(at('pinned'), 6);
    // One core of each node.
    expect(at('place-other-node', [1, 0.5])).toBeCloseTo(at('place-other-node'), 6);
  });
});
