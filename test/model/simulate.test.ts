import { describe, expect, it } from 'vitest';
import type { CostName } from '../../src/experiment/cost.js';
import type { Host } from '../../src/experiment/host.js';
import type { Outcome } from '../../src/experiment/outcome.js';
import { mm1k, simulate, studentT } from '../../src/model/index.js';
import { article } from '../../src/records/article.js';
import { experimentWith, labHost } from './hosts.js';

const options = { seed: 1, seconds: 0.05 };

/** The article's host with costs replaced; couplings cost nothing unless given. */
function hostWith(costs: Partial<Record<CostName, number>>): Host {
  const none: Partial<Record<CostName, number>> = { handOverNs: 0, wakeUpNs: 0, wakeLatencyNs: 0, producerContentionNs: 0, readerContentionNs: 0 };
  const entries = Object.entries(article.host.costs).map(([name, cost]) => {
    const value = { ...none, ...costs }[name as CostName];
    return [name, value === undefined ? cost : { ...cost, value, low: value, high: value }];
  });
  return { ...article.host, costs: Object.fromEntries(entries) as Host['costs'] };
}

function standardError({ delivered }: Outcome, replications: number): number {
  return (delivered.high - delivered.low) / 2 / studentT(0.975, replications - 1);
}

describe('a simulation', () => {
  it('gives the same outcome for the same seed, another for another', () => {
    const pinned = article.experiments.pinned!;
    expect(simulate(pinned, article.host, options)).toEqual(simulate(pinned, article.host, options));
    expect(simulate(pinned, article.host, { ...options, seed: 2 }).deliveredPps).not.toBe(simulate(pinned, article.host, options).deliveredPps);
  });

  it.each([article.host, labHost(1), labHost(4), labHost(2, { receivePath: 'veth-rps' })])('closes its account to the packet', (host) => {
    const outcome = simulate(experimentWith({ sources: [{}, { offeredPps: 1e5 }], receiver: { workNs: 500 } }), host, options);
    const { offeredPackets = 0, deliveredPackets = 0, lossesPackets = {}, unaccountedPackets } = outcome;
    const lost = Object.values(lossesPackets).reduce((sum, packets) => sum + packets, 0);
    expect(offeredPackets).toBeGreaterThan(1000);
    expect([deliveredPackets + lost, unaccountedPackets]).toEqual([offeredPackets, 0]);
    for (const cpu of outcome.cpus) expect(cpu.softirq + cpu.system + cpu.user + cpu.steal + cpu.idle).toBeCloseTo(1, 6);
  });

  it('needs no packets at all', () => {
    const outcome = simulate(experimentWith({ sources: [{ offeredPps: 1e-3 }] }), article.host, options);
    expect([outcome.deliveredPps, outcome.offeredPps, outcome.bottleneck]).toEqual([0, 0, 'none']);
  });

  it('delivers a paced load below the knee whole', () => {
    const outcome = simulate(experimentWith({ sources: [{ offeredPps: 1e5 }] }), article.host, options);
    expect(Math.abs(outcome.deliveredPps - 1e5)).toBeLessThan(50);
    expect(outcome.lossesPackets).toEqual({ nicRing: 0, socketBuffer: 0 });
    expect(outcome.bottleneck).toBe('none');
  });

  it('livelocks where softirq and reader share a CPU', () => {
    const flooded = experimentWith({ sources: [{}, {}], receiver: { placements: [{ role: 'queue-cpu', queue: 4, index: 0 }] } });
    const outcome = simulate(flooded, article.host, options);
    expect(outcome.deliveredPps).toBeLessThan(0.2 * outcome.offeredPps!);
  });

  it('averages over what nobody can know', () => {
    const base = article.experiments['reuseport-four']!;
    const outcome = simulate({ ...base, receiver: { ...base.receiver, observedSockets: {} } }, article.host, {
      ...options,
      seconds: 0.005,
      replications: 2,
    });
    for (const socket of outcome.sockets) expect(socket.offeredPps).toBeGreaterThan(0);
  });
});

describe('against exact formulas', () => {
  it('loses at a ring what M/M/1/K loses', () => {
    const host = hostWith({ sendNs: 1000, softirqNs: 900, readNs: 10 });
    const experiment = experimentWith({ nic: { ringPackets: 16 }, receiver: { socketBufferBytes: 1e7 } });
    const outcome = simulate(experiment, host, { seed: 1, seconds: 0.15, replications: 8 });
    const exact = 1 - mm1k(0.9, 17).lossProbability;
    const error = outcome.deliveredPps / outcome.offeredPps! - exact;
    // The ratio varies less than the rate, so that the rate's standard error is a safe bound.
    expect(Math.abs(error)).toBeLessThan((3.5 * standardError(outcome, 8)) / outcome.offeredPps!);
    expect(1 - exact).toBeGreaterThan(0.01);
  });

  it('loses at a socket what M/M/1/K loses', () => {
    const host = hostWith({ sendNs: 1000, softirqNs: 10, readNs: 1000 });
    const experiment = experimentWith({ receiver: { socketBufferBytes: 15 * 768 } });
    const outcome = simulate(experiment, host, { seed: 1, seconds: 0.15, replications: 8 });
    const loss = outcome.lossesPps.socketBuffer! / outcome.offeredPps!;
    // What the reader has in hand is out of the buffer: one place more. A softirq a hundred times faster hardly thins the arrivals.
    expect(loss).toBeCloseTo(mm1k(1, 16).lossProbability, 2);
  });
});

describe('common random numbers', () => {
  it('make the difference of two hosts far surer than each of them', () => {
    const shorter = { ...article.host, costs: { ...article.host.costs, wakeUpNs: { ...article.host.costs.wakeUpNs, value: 1500 } } };
    const pinned = article.experiments.pinned!;
    const at = (host: Host, seed: number) => simulate(pinned, host, { seed, seconds: 0.02, replications: 1 }).deliveredPps;
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    const paired = variance(seeds.map((seed) => at(shorter, seed) - at(article.host, seed)));
    const unpaired = variance(seeds.map((seed) => at(shorter, seed) - at(article.host, seed + 100)));
    expect(unpaired / paired).toBeGreaterThan(5);
  });
});

describe('options out of range', () => {
  it.each([
    [{ seed: -1, seconds: 1 }, 'simulate: seed must be an integer from 0 to 4294967295, got -1'],
    [{ seed: 1, seconds: 0 }, 'simulate: seconds must be above 0 and at most 3600, got 0'],
    [{ seed: 1, seconds: Number.NaN }, 'simulate: seconds must be above 0 and at most 3600, got NaN'],
    [{ seed: 1, seconds: 1, replications: 0.5 }, 'simulate: replications must be an integer from 1 to 10000, got 0.5'],
  ])('%j', (wrong, message) => {
    expect(() => simulate(article.experiments.pinned!, article.host, wrong)).toThrow(new RangeError(message));
  });
});

it('refuses senders that cost nothing on a machine that costs nothing', () => {
  const host = { ...labHost(2), costs: hostWith({ sendNs: 0, softirqNs: 0 }).costs };
  expect(() => simulate(experimentWith({}), host, options)).toThrow(
    /^simulate: seconds must be at most 0\.00\d+ for 5\.0e\+14 packets a second, got 0\.05$/,
  );
});

function variance(values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
