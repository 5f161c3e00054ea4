import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/experiment/outcome.js';
import { predict } from '../../src/model/index.js';
import { experimentWith } from './hosts.js';
import { guest, nicRun } from './software-nic-host.js';

type Row = [offeredKpps: number, ringLostKpps: number, deliveredKpps: number];

/** native-lab-facts, section 4: queue and reader on one CPU (L3); reader beside the wire (L4). Thousand packets per second, ring of 1024. */
const sameCpu: Row[] = [
  [50, 0, 50],
  [100, 0, 99],
  [200, 0, 198],
  [298, 0, 293],
  [395, 0, 392],
  [498, 1, 476],
  [599, 0, 582],
  [803, 9, 372],
  [1011, 64, 405],
  [1502, 713, 210],
  [2464, 1674, 215],
];
const besideWire: Row[] = [
  [50, 0, 39],
  [100, 0, 67],
  [201, 0, 130],
  [299, 0, 208],
  [396, 0, 276],
  [497, 1, 293],
  [599, 1, 310],
  [740, 29, 433],
  [869, 108, 582],
  [981, 158, 620],
  [1368, 396, 726],
];

const ladder = (queueCpu: number, readerCpu: number, rows: Row[]) =>
  rows.map(([kpps]) => predict(nicRun({ offeredPps: kpps * 1000, queueCpus: [queueCpu], readerCpu, ringPackets: 1024 }), guest()));

/** Predicted over measured, worst on either side, and the median of either side. */
function distance(outcomes: Outcome[], measuredKpps: number[]): { worst: number; median: number } {
  const factors = outcomes
    .map(({ deliveredPps }, index) => Math.exp(Math.abs(Math.log(deliveredPps / 1000 / (measuredKpps[index] ?? Number.NaN)))))
    .sort((a, b) => a - b);
  return { worst: factors.at(-1) ?? Number.NaN, median: factors[Math.floor(factors.length / 2)] ?? Number.NaN };
}

describe('predict on a software NIC has the shape of what was measured', () => {
  it('queue and reader on one CPU: rises to a knee, then collapses to a floor, with ring drops only far past the knee', () => {
    const outcomes = ladder(1, 1, sameCpu);
    const delivered = outcomes.map(({ deliveredPps }) => deliveredPps);
    const peak = delivered.indexOf(Math.max(...delivered));
    expect(sameCpu[peak]?.[0]).toBeGreaterThanOrEqual(390);
    expect(sameCpu[peak]?.[0]).toBeLessThanOrEqual(600);
    for (let row = 1; row <= peak; row++) expect(delivered[row]).toBeGreaterThan(delivered[row - 1] ?? 0);
    expect(delivered.at(-1)).toBeLessThan(0.9 * (delivered[peak] ?? 0));
    expect(delivered.at(-1)).toBeGreaterThan(100_000);
    const ring = outcomes.map(({ lossesPps, offeredPps }) => (lossesPps.nicRing ?? 0) / (offeredPps ?? 1));
    for (let row = 0; row <= peak; row++) expect(ring[row]).toBeLessThan(0.001);
    expect(ring.at(-1)).toBeGreaterThan(0.5);
  });

  it('reader beside the wire: loses in the socket at every rate of which its buffer does not hold a tick of the clock', () => {
    const rows = besideWire.filter(([kpps]) => kpps >= 100);
    for (const { lossesPps, offeredPps } of ladder(1, 0, rows)) expect((lossesPps.socketBuffer ?? 0) / (offeredPps ?? 1)).toBeGreaterThan(0.01);
  });

  it('queue beside the wire and the reader alone: no collapse', () => {
    const delivered = ladder(0, 1, sameCpu).map(({ deliveredPps }) => deliveredPps);
    for (let row = 1; row < delivered.length; row++) expect(delivered[row]).toBeGreaterThan(0.99 * (delivered[row - 1] ?? 0));
  });

  it('two queues on two CPUs beat both on one', () => {
    const run = (queueCpus: number[]) => predict(nicRun({ offeredPps: 1_500_000, queueCpus, readerCpu: 3, ringPackets: 512 }), guest(4)).deliveredPps;
    expect(run([1, 2])).toBeGreaterThan(1.1 * run([1, 1]));
  });

  // How far off, not how far off it may be: nothing was fitted to these rows. In that lab wire and reader were one session, which halves the
  // reader's claim to its CPU (see nic-threads.ts), so that the collapse measured there is deeper.
  it('and is this far from the rows: same CPU within a factor of 1.8, half of them within 1.2; beside the wire 1.7 and 1.3', () => {
    const same = distance(
      ladder(1, 1, sameCpu),
      sameCpu.map(([, , kpps]) => kpps),
    );
    expect(same.worst).toBeLessThan(1.8);
    expect(same.worst).toBeGreaterThan(1.3);
    expect(same.median).toBeLessThan(1.2);
    const beside = distance(
      ladder(1, 0, besideWire),
      besideWire.map(([, , kpps]) => kpps),
    );
    expect(beside.worst).toBeLessThan(1.7);
    expect(beside.worst).toBeGreaterThan(1.1);
    expect(beside.median).toBeLessThan(1.3);
  });

  it.each([
    ['queue and reader on CPU 1', 600, [1], 1, 564, 1.7],
    ['queue beside the wire', 600, [0], 1, 454, 1.7],
    ['queues on both CPUs', 600, [0, 1], 1, 564, 1.4],
    ['both queues beside the wire', 600, [0, 0], 1, 478, 1.7],
    ['queue and reader on CPU 1, a third of the load', 200, [1], 1, 199, 1.02],
    ['queue and reader on CPU 1, a wire without end', 4900, [1], 1, 244, 1.8],
  ] as const)('article configurations on that guest, ring of 512: %s at %d k', (_, kpps, queueCpus, readerCpu, measuredKpps, factor) => {
    const outcome = predict(nicRun({ offeredPps: kpps * 1000, queueCpus: [...queueCpus], readerCpu, ringPackets: 512 }), guest());
    expect(distance([outcome], [measuredKpps]).worst).toBeLessThan(factor);
  });
});

describe('predict on a software NIC', () => {
  it('says which ring, which CPU, and the counters that show it', () => {
    const { queues, cpus, countersPps, lossesPps, bottleneck } = predict(
      nicRun({ offeredPps: 2_500_000, queueCpus: [1], readerCpu: 1, ringPackets: 512 }),
      guest(),
    );
    expect(queues).toMatchObject([{ queue: 0, cpu: 1, offeredPps: 2_500_000 }]);
    expect(countersPps.rx_nodesc_drop_cnt).toBeCloseTo(lossesPps.nicRing ?? 0, 3);
    expect(countersPps['rx-0.rx_packets']).toBeCloseTo(queues[0]?.servicedPps ?? 0, 3);
    expect(bottleneck).toBe('softirq');
    // The wire spins; its CPU is never idle.
    expect(cpus.find(({ cpu }) => cpu === 0)).toMatchObject({ idle: 0, softirq: 0 });
  });

  it('lets a wire that is paced below every limit lose nothing, and calls the sending host the limit of a flood', () => {
    const run = (offeredPps: number | null) => ({
      ...nicRun({ offeredPps: 1, queueCpus: [1], readerCpu: 2, ringPackets: 1024 }),
      sources: [{ ...experimentWith({}).sources[0]!, offeredPps }],
    });
    const paced = predict(run(100_000), guest(4));
    expect(paced.bottleneck).toBe('none');
    expect(paced.deliveredPps).toBeCloseTo(100_000, 0);
    const flood = predict(run(null), guest(4));
    expect(flood.offeredPps).toBeCloseTo(1e9 / 1408, 0);
    expect(flood.bottleneck).toBe('source');
  });

  it('offers no more than the wire’s CPU makes', () => {
    const { offeredPps } = predict(nicRun({ offeredPps: 20_000_000, queueCpus: [1], readerCpu: 1, ringPackets: 512 }), guest());
    expect((offeredPps ?? 0) / (1e9 / 250)).toBeCloseTo(1, 3);
  });

  it('loses more in a smaller ring, and less in a bigger socket buffer', () => {
    const run = (queueCpu: number, ringPackets: number, socketBufferBytes: number | null = null) => {
      const experiment = nicRun({ offeredPps: 700_000, queueCpus: [queueCpu], readerCpu: 1, ringPackets });
      return predict({ ...experiment, receiver: { ...experiment.receiver, socketBufferBytes } }, guest());
    };
    expect(run(0, 64).lossesPps.nicRing).toBeGreaterThan(run(0, 1024).lossesPps.nicRing ?? 0);
    expect(run(1, 1024, 1_000_000).deliveredPps).toBeGreaterThan(run(1, 1024).deliveredPps);
  });

  it('serves a program that sends through the NIC, and two senders that share their CPU', () => {
    const outcome = predict(experimentWith({ sources: [{ kind: 'socket' }, { kind: 'socket', placement: { cpu: 0 } }] }), guest(4));
    expect(outcome.offeredPps).toBeGreaterThan(300_000);
    expect(outcome.bottleneck).not.toBe('none');
  });

  it('always returns, closes its account, and stays within bounds, at any load and size', () => {
    const runs = fc.record({
      offeredPps: fc.double({ min: -3, max: 8, noNaN: true }).map((exponent) => 10 ** exponent),
      cpus: fc.integer({ min: 1, max: 8 }),
      queueCpus: fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 4 }),
      readerCpu: fc.integer({ min: 0, max: 7 }),
      ringPackets: fc.constantFrom(1, 8, 64, 512, 4096, 1_000_000),
      waiting: fc.constantFrom('block' as const, 'spin' as const),
      socketBufferBytes: fc.constantFrom(null, 2304, 2_000_000_000),
    });
    fc.assert(
      fc.property(runs, ({ cpus, waiting, socketBufferBytes, ...run }) => {
        const at = { ...run, queueCpus: run.queueCpus.map((cpu) => cpu % cpus), readerCpu: run.readerCpu % cpus };
        const experiment = nicRun(at);
        const outcome = predict({ ...experiment, receiver: { ...experiment.receiver, waiting, socketBufferBytes } }, guest(cpus));
        const { nicRing = 0, socketBuffer = 0 } = outcome.lossesPps;
        const offered = outcome.offeredPps ?? Number.NaN;
        expect(offered).toBeLessThanOrEqual(run.offeredPps * (1 + 1e-9));
        expect(Math.abs(offered - outcome.deliveredPps - nicRing - socketBuffer)).toBeLessThan(1e-6 * offered + 1e-9);
        for (const value of [outcome.deliveredPps, nicRing, socketBuffer]) expect(value).toBeGreaterThanOrEqual(-1e-9 * offered);
        for (const { system, user, softirq, idle } of outcome.cpus) expect(system + user + softirq + idle).toBeCloseTo(1, 6);
      }),
      { seed: 3, numRuns: 150 },
    );
  });
});
