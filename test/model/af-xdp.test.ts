import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostError, withCosts } from '../../src/experiment/index.js';
import { explain, predict, simulate } from '../../src/model/index.js';
import { experimentWith, labHost } from './hosts.js';
import { guest } from './software-nic-host.js';

const frames = (offeredPps: number, workNs = 0, waiting: 'block' | 'spin' = 'spin') =>
  experimentWith({ sources: [{ offeredPps }], receiver: { path: 'af-xdp', waiting, workNs } });
const priced = withCosts(guest(), { wireNs: 200, frameCopyNs: 300, frameReadNs: 100 });

describe('AF_XDP behind the software NIC', () => {
  it('delivers what wire and reader both have time for, and loses the rest at its socket, whatever is offered', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 5_000_000 }), fc.integer({ min: 0, max: 20_000 }), (pps, workNs) => {
        const { offeredPps, deliveredPps, lossesPps, countersPps } = predict(frames(pps, workNs), priced);
        const offered = Math.min(pps, 1e9 / (200 + 300));
        expect(offeredPps).toBeCloseTo(offered, 0);
        expect(deliveredPps / Math.min(offered, 1e9 / (100 + workNs))).toBeCloseTo(1, 3);
        expect(lossesPps.nicRing).toBe(0);
        expect(countersPps.rx_dropped).toBeCloseTo(lossesPps.socketBuffer ?? -1, 6);
        expect(countersPps.InDatagrams).toBe(0);
      }),
    );
  });

  it('pays for waking a reader that sleeps, once a flush of 64 frames at most', () => {
    const [spinning, sleeping] = (['spin', 'block'] as const).map((waiting) => predict(frames(5_000_000, 0, waiting), priced).offeredPps ?? 0);
    expect(sleeping).toBeLessThan(spinning as number);
    expect(sleeping).toBeGreaterThan(1e9 / (200 + 300 + priced.costs.wakeUpNs.value / 64) - 1);
  });

  it('is simulated to the same rates', () => {
    const experiment = frames(1_500_000, 2000);
    const { delivered } = simulate(experiment, priced, { seed: 1, seconds: 0.05, replications: 4 });
    const predicted = predict(experiment, priced).deliveredPps;
    expect(predicted).toBeGreaterThan(0.98 * delivered.low);
    expect(predicted).toBeLessThan(1.02 * delivered.high);
  });

  it('is explained by its own counters, and nothing is advised that it cannot have', () => {
    const { limiting, sentence, changes } = explain(frames(1_000_000, 5000), priced);
    expect(limiting).toBe('reader');
    expect(sentence).toContain('(rx_dropped)');
    expect(changes.map(({ change }) => change).join()).not.toMatch(/REUSEPORT|socket a buffer|RX queue/);
  });

  it('is refused with what to do on a host that nobody asked for its prices, and not covered where it has no such stage', () => {
    const { frameCopyNs: _, ...costs } = priced.costs;
    expect(() => predict(frames(1000), { ...priced, costs })).toThrow(HostError);
    expect(() => predict(frames(1000), { ...priced, costs })).toThrow(/calibrate it again with --path software-nic/);
    expect(predict(frames(1000), labHost(2)).notes.join()).toContain('Not covered by the model: the receive path af-xdp.');
  });
});
