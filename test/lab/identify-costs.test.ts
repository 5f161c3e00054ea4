import { expect, it } from 'vitest';
import { identifyCosts, type MicroReadings } from '../../src/lab/identify-costs.js';
import type { MicroReading, MicroRunName } from '../../src/lab/micro-runs.js';

/** Readings that a machine with known costs would give, free of noise: an independent statement of each micro-experiment. */
function readings(truth: {
  send: number;
  softirq: number;
  drop: number;
  read: number;
  handOver: number;
  wake: number;
  wakeProbability: number;
  floodPps: number;
}): MicroReadings {
  const reading = (sendCallNs: number, more: Partial<MicroReading> = {}): MicroReading[] =>
    [0, 1, 2].map(() => ({
      sendCallNs,
      readNs: null,
      callsPerPacket: null,
      deliveredPps: 0,
      truesizeBytes: null,
      queueNs: null,
      otherCpuShare: 0,
      ...more,
    }));
  const queued = truth.send + truth.softirq;
  return {
    send: reading(truth.send),
    drop: reading(truth.send + truth.drop * truth.softirq),
    enqueue: reading(queued, { readNs: truth.read + truth.handOver }),
    enqueueSameCpu: reading(queued, { readNs: truth.read }),
    enqueueSingly: reading(queued + 700),
    wake: reading(queued + 700 + truth.wake, { callsPerPacket: 1 }),
    flood: reading(queued + truth.handOver + truth.wakeProbability * truth.wake, { deliveredPps: truth.floodPps }),
  } satisfies Record<MicroRunName, MicroReading[]>;
}

const truth = { send: 1400, softirq: 1300, drop: 0.9, read: 700, handOver: 100, wake: 3600, wakeProbability: 0.3, floodPps: 260_000 };

it('finds the costs that made the readings', () => {
  const costs = identifyCosts(readings(truth));
  expect(costs.sendNs?.value).toBeCloseTo(1400);
  expect(costs.softirqNs?.value).toBeCloseTo(1300);
  expect(costs.softirqDropRatio?.value).toBeCloseTo(0.9);
  expect(costs.readNs?.value).toBeCloseTo(700);
  expect(costs.handOverNs?.value).toBeCloseTo(100);
  expect(costs.wakeUpNs?.value).toBeCloseTo(3600);
  // p = (1 − ρ) / (1 + y D) with ρ = y (a + h + p w), solved for D by hand: ρ = 0.4888, y = 260e-6 per ns.
  expect(costs.wakeLatencyNs?.value).toBeCloseTo(((1 - 0.4888) / 0.3 - 1) / 260e-6, -1);
  expect(Object.values(costs).every((cost) => cost?.origin === 'calibration')).toBe(true);
});

it('gives the range over the rounds as interval', () => {
  const noisy = readings(truth);
  noisy.send[0]!.sendCallNs = 1300;
  noisy.send[2]!.sendCallNs = 1600;
  expect(identifyCosts(noisy).sendNs).toMatchObject({ value: 1400, low: 1300, high: 1600 });
});

it('leaves out what the rounds do not show, instead of inventing a bound', () => {
  const costs = identifyCosts(readings({ ...truth, wake: -500 }));
  expect(costs).not.toHaveProperty('wakeUpNs');
  expect(costs).not.toHaveProperty('wakeLatencyNs');
  expect(costs.sendNs?.value).toBeCloseTo(1400);
});

it('takes a difference that cannot be negative for nothing', () => {
  expect(identifyCosts(readings({ ...truth, handOver: -50 })).handOverNs?.value).toBe(0);
});

it('wants at least one round', () => {
  const empty = Object.fromEntries(Object.keys(readings(truth)).map((name) => [name, []])) as unknown as MicroReadings;
  expect(() => identifyCosts(empty)).toThrow(/at least one round/);
});
