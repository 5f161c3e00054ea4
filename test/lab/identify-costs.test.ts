import { expect, it } from 'vitest';
import { identifyCosts, type MicroReadings } from '../../src/lab/identify-costs.js';
import type { MicroReading, MicroRunName } from '../../src/lab/micro-runs.js';
import { threeRounds } from './three-rounds.js';

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
  sendCall: number;
  readCall: number;
  wire: number;
  polled: number;
  rule: number;
  conntrack: number;
}): MicroReadings {
  const dropped = truth.send + truth.sendCall / 1024 + truth.drop * truth.softirq;
  const queued = truth.send + truth.softirq + truth.sendCall / 256;
  return {
    send: threeRounds(truth.send + truth.sendCall / 1024),
    drop: threeRounds(dropped),
    dropBehindRules: threeRounds(dropped + 100 * truth.rule),
    dropTracked: threeRounds(dropped + truth.conntrack),
    enqueue: threeRounds(queued, { readNs: truth.read + truth.handOver + truth.readCall / 512 }),
    enqueueSameCpu: threeRounds(queued, { readNs: truth.read + truth.readCall / 512 }),
    enqueueInFours: threeRounds(truth.send + truth.softirq + truth.sendCall / 4, { readNs: truth.read + truth.readCall / 4 }),
    wake: threeRounds(truth.send + truth.softirq + truth.sendCall + truth.wake, { callsPerPacket: 1 }),
    make: threeRounds(truth.wire),
    pollDrop: threeRounds(truth.wire + truth.polled),
    flood: threeRounds(queued + truth.handOver + truth.wakeProbability * truth.wake, { deliveredPps: truth.floodPps }),
  } satisfies Record<MicroRunName, MicroReading[]>;
}

const truth = {
  send: 1400,
  softirq: 1300,
  drop: 0.9,
  read: 700,
  handOver: 100,
  wake: 3600,
  wakeProbability: 0.3,
  floodPps: 260_000,
  sendCall: 650,
  readCall: 300,
  wire: 150,
  polled: 900,
  rule: 25,
  conntrack: 400,
};

it('finds the costs that made the readings', () => {
  const costs = identifyCosts(readings(truth));
  expect(costs.sendNs?.value).toBeCloseTo(1400);
  expect(costs.wireNs?.value).toBeCloseTo(150);
  expect(costs.polledNs?.value).toBeCloseTo(900);
  expect(costs.softirqNs?.value).toBeCloseTo(1300);
  expect(costs.ruleNs?.value).toBeCloseTo(25);
  expect(costs.conntrackNs?.value).toBeCloseTo(400);
  expect(costs.softirqDropRatio?.value).toBeCloseTo(0.9);
  expect(costs.readNs?.value).toBeCloseTo(700);
  expect(costs.sendCallNs?.value).toBeCloseTo(650);
  expect(costs.readCallNs?.value).toBeCloseTo(300);
  expect(costs.handOverNs?.value).toBeCloseTo(100);
  expect(costs.wakeUpNs?.value).toBeCloseTo(3600);
  // p = (1 − ρ) / (1 + y D) with ρ = y (a + h + p w), solved for D by hand: ρ = 0.4888, y = 260e-6 per ns.
  expect(costs.wakeLatencyNs?.value).toBeCloseTo(((1 - 0.4888) / 0.3 - 1) / 260e-6, -1);
  expect(Object.values(costs).every((cost) => cost?.origin === 'calibration')).toBe(true);
});

it('gives the range over the rounds as interval', () => {
  const noisy = readings(truth);
  noisy.send[0]!.sendPacketNs -= 100;
  noisy.send[2]!.sendPacketNs += 200;
  const { value, low, high } = identifyCosts(noisy).sendNs!;
  expect([value, low, high].map(Math.round)).toEqual([1400, 1300, 1600]);
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

it('leaves the cost of a call inside sendNs and readNs where no round shows it', () => {
  const costs = identifyCosts(readings({ ...truth, sendCall: -40, readCall: -40 }));
  expect(costs).not.toHaveProperty('sendCallNs');
  expect(costs).not.toHaveProperty('readCallNs');
  expect(costs.sendNs?.value).toBeCloseTo(1400, 0);
});

it('leaves out what a firewall costs where none could be set up', () => {
  const none = threeRounds(Number.NaN);
  const costs = identifyCosts({ ...readings(truth), dropBehindRules: none, dropTracked: none });
  expect(costs).not.toHaveProperty('ruleNs');
  expect(costs).not.toHaveProperty('conntrackNs');
});

it('leaves out what a wire costs where there was none', () => {
  const costs = identifyCosts({ ...readings(truth), make: [], pollDrop: [] });
  expect(costs).not.toHaveProperty('wireNs');
  expect(costs).not.toHaveProperty('polledNs');
  expect(costs.sendNs?.value).toBeCloseTo(1400);
});

it('wants at least one round', () => {
  const empty = Object.fromEntries(Object.keys(readings(truth)).map((name) => [name, []])) as unknown as MicroReadings;
  expect(() => identifyCosts(empty)).toThrow(/at least one round/);
});
