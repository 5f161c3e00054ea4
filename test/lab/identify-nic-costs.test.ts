import { expect, it } from 'vitest';
import { identifyNicCosts, type NicMicroReadings } from '../../src/lab/identify-nic-costs.js';
import { threeRounds } from './three-rounds.js';

const truth = {
  send: 1400,
  wire: 160,
  nic: 90,
  softirq: 1060,
  drop: 0.85,
  queueWake: 2000,
  read: 800,
  handOver: 70,
  wake: 3600,
  turn: 4000,
  copy: 110,
  frame: 50,
};

/** Readings that a machine with known costs would give, free of noise: an independent statement of each micro-experiment. */
function readings(changes: Partial<typeof truth> = {}): NicMicroReadings {
  const t = { ...truth, ...changes };
  const made = t.wire + t.nic;
  return {
    send: threeRounds(t.send),
    make: threeRounds(t.wire),
    drop: threeRounds(made, { queueNs: t.drop * t.softirq }),
    enqueue: threeRounds(made, { queueNs: t.softirq, readNs: t.read + t.handOver }),
    enqueueSameCpu: threeRounds(made, { queueNs: t.softirq, readNs: t.read }),
    queueWake: threeRounds(50_000, { queueNs: t.softirq + t.queueWake }),
    turn: threeRounds(50_000, { readNs: t.read + t.turn, callsPerPacket: 1 }),
    turns: threeRounds(made, { readNs: t.read + t.turn / 8, callsPerPacket: 1 / 8 }),
    frames: threeRounds(t.wire + t.copy),
    framesLater: threeRounds(50_000, { readNs: t.frame }),
    wake: threeRounds(50_000, { queueNs: t.softirq + t.queueWake + t.wake * 0.5, callsPerPacket: 0.5 }),
  };
}

it('finds the costs that made the readings, and nothing that they do not show', () => {
  const costs = identifyNicCosts(readings());
  const values = Object.fromEntries(Object.entries(costs).map(([name, cost]) => [name, Math.round(1e6 * (cost?.value ?? 0)) / 1e6]));
  expect(values).toEqual({
    sendNs: 1400,
    wireNs: 160,
    nicNs: 90,
    softirqNs: 1060,
    softirqDropRatio: 0.85,
    queueWakeNs: 2000,
    readNs: 800,
    turnNs: 4000,
    handOverNs: 70,
    wakeUpNs: 3600,
    frameCopyNs: 110,
    frameReadNs: 50,
  });
});

it('leaves out what the kernel hides: without the clocks of its threads only the wire and the reader are known', () => {
  const hidden = Object.fromEntries(
    Object.entries(readings()).map(([name, rounds]) => [name, rounds.map((reading) => ({ ...reading, queueNs: null }))]),
  ) as NicMicroReadings;
  expect(Object.keys(identifyNicCosts(hidden)).sort()).toEqual([
    'frameCopyNs',
    'frameReadNs',
    'handOverNs',
    'nicNs',
    'readNs',
    'sendNs',
    'turnNs',
    'wireNs',
  ]);
});

it('leaves out AF_XDP where the machine has none', () => {
  const without = threeRounds(Number.NaN);
  const costs = identifyNicCosts({ ...readings(), frames: without, framesLater: without });
  expect(Object.keys(costs)).toHaveLength(10);
  expect(costs).not.toHaveProperty('frameCopyNs');
});

it('leaves out a difference that comes out below nothing', () => {
  expect(identifyNicCosts(readings({ wake: -500 }))).not.toHaveProperty('wakeUpNs');
  expect(identifyNicCosts(readings({ handOver: -50 })).handOverNs?.value).toBe(0);
});

it('refuses readings of no rounds', () => {
  const empty = Object.fromEntries(Object.keys(readings()).map((name) => [name, []])) as unknown as NicMicroReadings;
  expect(() => identifyNicCosts(empty)).toThrow(RangeError);
});
