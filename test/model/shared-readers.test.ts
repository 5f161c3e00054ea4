import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Experiment } from '../../src/experiment/experiment.js';
import { mm1k } from '../../src/model/formulas/mm1k.js';
import { predict } from '../../src/model/index.js';
import { allAwake } from '../../src/model/stages/wake-up.js';
import { experimentWith, sampleHost } from './hosts.js';

/** A flood of one queue into one socket with a reader at each of the given places. */
function floodWith(roles: ('queue-cpu' | 'queue-node' | 'other-node')[]): Experiment {
  return experimentWith({
    nic: { queues: 4, observedQueues: { '192.168.254.1': 0 } },
    receiver: { layout: 'shared', placements: roles.map((role, index) => ({ role, queue: 0, index })) },
  });
}

it('a reader that a flooded softirq leaves no time saves no hand-over', () => {
  const alone = predict(floodWith(['queue-node']), sampleHost);
  const beside = predict(floodWith(['queue-node', 'queue-cpu']), sampleHost);
  expect(beside.lossesPps.nicRing).toBeGreaterThan(0);
  expect(beside.deliveredPps).toBeLessThan(alone.deliveredPps);
  for (const { softirq, system } of beside.cpus) expect(softirq > 0.99 ? system : 0).toBeCloseTo(0, 9);
});

it('readers with time to spare take equal parts', () => {
  const { cpus } = predict(floodWith(['queue-node', 'queue-node']), sampleHost);
  const reading = cpus.map(({ system }) => system).filter((share) => share > 0);
  expect(reading).toHaveLength(2);
  expect(reading[0]).toBeCloseTo(reading[1] ?? 0, 6);
});

it('threads of one CPU are all awake as often as M/M/1/n is full', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 3, noNaN: true }), fc.integer({ min: 1, max: 8 }), (load, threads) => {
      const queue = mm1k(load, threads);
      expect(allAwake(queue.throughput, threads)).toBeCloseTo(queue.lossProbability, 9);
    }),
  );
});
