import { describe, expect, it } from 'vitest';
import type { Host } from '../../src/experiment/host.js';
import type { Receiver } from '../../src/experiment/receiver.js';
import { predict, sameCpuPeakPps, simulate, softirqLimits } from '../../src/model/index.js';
import { experimentWith, sampleHost } from './hosts.js';

const { softirqNs, readNs, softirqDropRatio } = sampleHost.costs;
const at = (kernelRelease: string): Host => ({ ...sampleHost, kernelRelease });
/** Two cores flood the queue whose CPU the reader has too; its buffer holds more than a turn of the softirq brings. */
const flooded = (receiver: Partial<Receiver> = {}) =>
  experimentWith({
    sources: [{}, {}],
    receiver: { placements: [{ role: 'queue-cpu', queue: 4, index: 0 }], socketBufferBytes: 1_000_000, ...receiver },
  });
const simulated = (kernelRelease: string, receiver: Partial<Receiver> = {}) =>
  simulate(flooded(receiver), at(kernelRelease), { seed: 1, seconds: 0.2 }).deliveredPps;

describe('a flood on the CPU that the reader has too', () => {
  it.each(['3.13', '4.8', '6.5', '6.18'])('leaves the reader a packet in 4 ms on %s', (release) => {
    // By hand: 2 ms of softirq at the end of the reader's system call, and 2 ms for ksoftirqd.
    expect(predict(flooded(), at(release)).deliveredPps).toBeCloseTo(1e9 / (4e6 + readNs.value), 1);
    expect(simulated(release)).toBeGreaterThan(200);
    expect(simulated(release)).toBeLessThan(300);
  });

  it.each(['4.9', '5.10', '6.4'])('is shared fairly on %s: as many packets as the CPU can receive and read', (release) => {
    const peak = sameCpuPeakPps({ softirqNs: softirqNs.value, readNs: readNs.value });
    expect(predict(flooded(), at(release)).deliveredPps / peak).toBeCloseTo(1, 2);
    expect(simulated(release) / peak).toBeCloseTo(1, 1.5);
  });

  it('gives a slow reader half of the CPU, and the ring loses the rest', () => {
    const slow = { workNs: 10_000 };
    const { deliveredPps, queues } = predict(flooded(slow), at('4.19'));
    expect(deliveredPps).toBeCloseTo(0.5e9 / (10_000 + readNs.value), -1);
    // Of what the softirq takes in half of the time, what the reader cannot read is dropped at the socket.
    const dropped = (queues[0]?.servicedPps ?? 0) - deliveredPps;
    expect((deliveredPps * softirqNs.value + dropped * softirqDropRatio.value * softirqNs.value) * 1e-9).toBeCloseTo(0.5, 3);
    expect(simulated('4.19', slow) / deliveredPps).toBeCloseTo(1, 1.5);
  });

  it('overflows a buffer smaller than a turn of the softirq', () => {
    // 278 places for 320 packets.
    const small = { socketBufferBytes: null };
    const { deliveredPps, queues } = predict(flooded(small), at('4.19'));
    expect(deliveredPps / (queues[0]?.servicedPps ?? 0)).toBeCloseTo(278 / 320, 6);
    expect(Math.abs(simulated('4.19', small) / deliveredPps - 1)).toBeLessThan(0.02);
  });
});

describe('a reader on another CPU', () => {
  it('hardly minds the era', () => {
    const pps = (release: string) => predict(experimentWith({ sources: [{}, {}] }), at(release)).deliveredPps;
    expect(pps('4.9')).toBe(pps('4.8'));
    expect(pps('6.5')).toBe(pps('6.4'));
  });
});

it('counts time_squeeze by the budget for quick packets, by the time limit for slow ones', () => {
  const squeezes = (release: string, scale: number) => {
    const slow = { ...softirqNs, value: softirqNs.value * scale };
    const { countersPps, queues } = predict(experimentWith({ sources: [{}, {}] }), {
      ...at(release),
      costs: { ...sampleHost.costs, softirqNs: slow },
    });
    return (queues[0]?.servicedPps ?? 0) / (countersPps['softnet_stat.cpu4.time_squeeze'] ?? 0);
  };
  expect(squeezes('3.13', 1)).toBeCloseTo(320, 6);
  // Some 23 us a packet: five polls take 7.4 ms, four 5.9 and two 2.9.
  expect(squeezes('3.13', 10)).toBeCloseTo(320, 6);
  expect(squeezes('4.19', 10)).toBeCloseTo(128, 6);
  expect(squeezes('6.18', 40)).toBeCloseTo(128, 6);
});

it.each([
  ['3.13', 6e6, false],
  ['4.8.0', 6e6, false],
  ['4.9', 6e6, true],
  ['4.12', 2e6, true],
  ['5.6', 2e6, true],
  ['5.7', 6e6, true],
  ['6.4', 6e6, true],
  ['6.5', 6e6, false],
])('the limits of %s', (release, pollingNs, isDeferred) => {
  expect(softirqLimits(release)).toEqual({ pollingNs, isDeferred, gapNs: 4e6 });
});
