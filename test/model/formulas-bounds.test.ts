import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as model from '../../src/model/index.js';

const { batchService, closedNetwork, dm1, erlangB, erlangC, hashCollision, largestLoad, md1, md1WaitAtMost } = model;
const { mg1, mm1, mm1k, mmc, mmck, ndd1, tandemWithBlocking, tandemWithLoss } = model;

/** Every order of magnitude is as likely as every other, and the edges come first. */
const load = fc.oneof(
  fc.constantFrom(0, 5e-324, 1e-300, 1e-9, 1 - 1e-12, 1, 1 + 1e-12, 99.9, 1e8, 1e300, Number.MAX_VALUE),
  fc.double({ min: -12, max: 9, noNaN: true }).map((exponent) => 10 ** exponent),
  fc.double({ min: 0, max: 2, noNaN: true }),
);
const servers = fc.integer({ min: 1, max: 200 });
const places = fc.integer({ min: 1, max: 300 });
const few = fc.integer({ min: 1, max: 6 });
const rate = fc.double({ min: -9, max: 12, noNaN: true }).map((exponent) => 10 ** exponent);
const tandem = fc.record({ arrivalRate: rate, firstServiceRate: rate, secondServiceRate: rate, firstPlaces: few, secondPlaces: few });
const runs = { seed: 1, numRuns: 300 };

function expectNoNaN(values: object | number): void {
  for (const value of typeof values === 'number' ? [values] : Object.values(values).flat()) {
    expect(value).not.toBeNaN();
    expect(value).toBeGreaterThanOrEqual(0);
  }
}

function expectProbability(value: number): void {
  expect(value).toBeGreaterThanOrEqual(0);
  expect(value).toBeLessThanOrEqual(1);
}

function expectNear(computed: number, expected: number, relative = 1e-9): void {
  expect(Math.abs(computed - expected)).toBeLessThanOrEqual(relative * Math.abs(expected) + 1e-15);
}

describe('at any load whatever', () => {
  it('no infinite queue is NaN, and from full load on the means are Infinity', () => {
    fc.assert(
      fc.property(load, servers, (rho, count) => {
        for (const queue of [mm1(rho), md1(rho), dm1(rho), mg1(rho, 7)]) {
          expectNoNaN(queue);
          expectProbability(queue.waitProbability);
          if (rho >= 1) expect(queue.meanWait).toBe(Number.POSITIVE_INFINITY);
        }
        expectNoNaN(mmc(rho, count));
        if (rho >= count) expect(mmc(rho, count).meanSojourn).toBe(Number.POSITIVE_INFINITY);
      }),
      runs,
    );
  });

  it('no finite queue is NaN or outside its bounds', () => {
    fc.assert(
      fc.property(load, servers, places, (rho, count, capacity) => {
        for (const queue of [mm1k(rho, capacity), model.md1k(rho, capacity), mmck(rho, count, count + capacity)]) {
          expectNoNaN(queue);
          expectProbability(queue.lossProbability);
          expectProbability(queue.emptyProbability);
          expect(queue.meanSojourn).toBeGreaterThan(1 - 1e-9);
          expect(queue.meanSojourn).toBeLessThan((count + capacity) * (1 + 1e-9));
        }
        expectProbability(erlangB(rho, count));
        expectProbability(erlangC(rho, count));
        expect(erlangC(rho, count)).toBeGreaterThanOrEqual(erlangB(rho, count));
        const batches = batchService(rho, count, capacity);
        expectNoNaN(batches);
        expectProbability(batches.lossProbability);
        expect(batches.throughput).toBeLessThanOrEqual(count * (1 + 1e-9));
        expect(batches.meanWaiting).toBeLessThanOrEqual(capacity * (1 + 1e-9));
      }),
      runs,
    );
  });

  it('no tandem is NaN, and its account closes', () => {
    fc.assert(
      fc.property(tandem, (stages) => {
        for (const queue of [tandemWithLoss(stages), tandemWithBlocking(stages)]) {
          expectNoNaN(queue);
          expectProbability(queue.lossAtFirst);
          expectProbability(queue.lossAtSecond);
          // What is neither lost here nor there is served; compared where 1 - loss keeps digits.
          if (queue.lossAtFirst < 0.99 && queue.lossAtSecond < 0.99)
            expectNear(stages.arrivalRate * (1 - queue.lossAtFirst) * (1 - queue.lossAtSecond), queue.throughput, 1e-7);
        }
      }),
      runs,
    );
    expect(tandemWithLoss({ arrivalRate: 0, firstServiceRate: 1, secondServiceRate: 1, firstPlaces: 2, secondPlaces: 2 })).toEqual({
      lossAtFirst: 0,
      lossAtSecond: 0,
      throughput: 0,
      meanInFirst: 0,
      meanInSecond: 0,
    });
  });

  it('distributions are distributions', () => {
    fc.assert(
      fc.property(load, fc.double({ min: 0, max: 100, noNaN: true }), fc.integer({ min: 1, max: 300 }), (rho, time, count) => {
        expectProbability(md1WaitAtMost(rho, time));
        expect(md1WaitAtMost(rho, time + 0.5)).toBeGreaterThanOrEqual(md1WaitAtMost(rho, time) - 1e-13);
        const period = Math.min(Math.max(rho, 1e-300), 1e300) * count;
        expectProbability(ndd1(count, period, time));
        expect(ndd1(count, period, time + 0.5)).toBeLessThanOrEqual(ndd1(count, period, time) + 1e-11);
        expectNoNaN(closedNetwork(count, rho < 1e300 ? rho : 0, [1, 2]));
      }),
      runs,
    );
  });

  it('hashing stays between even and all in one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 60 }), (flows, bins) => {
        expectProbability(hashCollision(flows, bins));
        expect(largestLoad(flows, bins)).toBeGreaterThanOrEqual(Math.ceil(flows / bins));
        expect(largestLoad(flows, bins)).toBeLessThanOrEqual(flows);
        if (flows > bins) expect(hashCollision(flows, bins)).toBe(1);
      }),
      { seed: 1, numRuns: 100 },
    );
    // Raab and Steger, Balls into Bins, 1998: near ln n / ln ln n with n of each, slowly.
    expect(largestLoad(500, 500) / (Math.log(500) / Math.log(Math.log(500)))).toBeCloseTo(1.5, 0);
  });
});

describe('special cases of each other', () => {
  const moderate = fc.double({ min: 0.01, max: 5, noNaN: true });

  it('M/M/1/K = M/M/c/K with one server = batches of one = the first of two stages', () => {
    fc.assert(
      fc.property(moderate, fc.integer({ min: 2, max: 20 }), (rho, capacity) => {
        const { lossProbability, meanInSystem } = mm1k(rho, capacity);
        expectNear(mmck(rho, 1, capacity).lossProbability, lossProbability);
        expectNear(mmck(rho, 1, capacity).meanInSystem, meanInSystem);
        expectNear(batchService(rho, 1, capacity - 1).lossProbability, lossProbability);
        const stages = { arrivalRate: rho, firstServiceRate: 1, secondServiceRate: 1, firstPlaces: capacity, secondPlaces: 3 };
        expectNear(tandemWithLoss(stages).lossAtFirst, lossProbability);
        expectNear(tandemWithLoss(stages).meanInFirst, meanInSystem);
      }),
      runs,
    );
  });

  it('Erlang B = M/M/c/c, and many places = no limit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 0.9, noNaN: true }), fc.integer({ min: 1, max: 20 }), (share, count) => {
        expectNear(mmck(share * count, count, count).lossProbability, erlangB(share * count, count));
        expectNear(mmck(share * count, count, 2000).meanSojourn, mmc(share * count, count).meanSojourn);
      }),
      runs,
    );
    expectNear(model.md1k(0.9, 500).meanSojourn, md1(0.9).meanSojourn);
  });

  it('the waiting time distribution of M/D/1 has the mean of Pollaczek and Khinchine, through its seam at 30', () => {
    for (const rho of [0.3, 0.8, 0.9, 0.95]) {
      // Simpson within each service time: the distribution has kinks at whole ones.
      let mean = 0;
      for (let start = 0; start < 400; start += 0.125) {
        const at = (offset: number) => 1 - md1WaitAtMost(rho, start + offset);
        mean += (0.125 / 6) * (at(0) + 4 * at(0.0625) + at(0.125 - 1e-12));
      }
      expectNear(mean, md1(rho).meanWait, 1e-4);
      expectNear(md1WaitAtMost(rho, 30 - 1e-9), md1WaitAtMost(rho, 30), 1e-9);
    }
  });

  it('N*D/D/1 grows towards M/D/1 with the number of senders, and never above it', () => {
    const waits = [10, 100, 1000, 10_000].map((senders) => ndd1(senders, senders / 0.8, 5));
    for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThan(waits[index - 1] ?? 0);
    const without = 1 - md1WaitAtMost(0.8, 5);
    expect((without - (waits[2] ?? 0)) / (without - (waits[3] ?? 0))).toBeCloseTo(10, 0);
    expect(ndd1(100_000, 125_000, 5) / without).toBeCloseTo(1, 3);
  });
});

it.each([
  [() => erlangB(1, 0), 'erlangB: servers must be an integer from 1 to 1000000, got 0'],
  [() => erlangC(Number.NaN, 1), 'erlangC: load must be finite and at least 0, got NaN'],
  [() => mmck(1, 4, 3), 'mmck: capacity must be an integer from 4 to 10000000, got 3'],
  [() => mmc(-1, 3), 'erlangC: load must be finite and at least 0, got -1'],
  [() => mm1(-0.5), 'mm1: rho must be finite and at least 0, got -0.5'],
  [() => mg1(0.5, -1), 'mg1: squaredVariation must be finite and at least 0, got -1'],
  [() => md1(Number.POSITIVE_INFINITY), 'md1: rho must be finite and at least 0, got Infinity'],
  [() => dm1(-1), 'dm1: rho must be finite and at least 0, got -1'],
  [() => md1WaitAtMost(0.5, -1), 'md1WaitAtMost: time must be finite and at least 0, got -1'],
  [() => ndd1(1.5, 5, 1), 'ndd1: senders must be an integer from 1 to 100000, got 1.5'],
  [() => ndd1(4, 0, 1), 'ndd1: period must be finite and above 0, got 0'],
  [() => batchService(1, 0, 3), 'batchService: batch must be an integer from 1, got 0'],
  [() => closedNetwork(3, 0, [0]), 'closedNetwork: thinkTime and demands must not all be 0, got 0 and [0]'],
  [() => closedNetwork(3, 1, [1, -1]), 'closedNetwork: demands[1] must be finite and at least 0, got -1'],
  [() => hashCollision(-1, 3), 'hashCollision: flows must be an integer from 0 to 1000000, got -1'],
  [() => largestLoad(3, 0), 'largestLoad: bins must be an integer from 1 to 1000, got 0'],
  [
    () => tandemWithLoss({ arrivalRate: 1, firstServiceRate: 0, secondServiceRate: 1, firstPlaces: 1, secondPlaces: 1 }),
    'tandemWithLoss: firstServiceRate must be a number from 1e-9 to 1000000000000, got 0',
  ],
  [
    () => tandemWithBlocking({ arrivalRate: 1, firstServiceRate: 1, secondServiceRate: 1, firstPlaces: 129, secondPlaces: 1 }),
    'tandemWithBlocking: firstPlaces must be an integer from 1 to 128, got 129',
  ],
])('misuse is one line: %s', (call, message) => {
  expect(call).toThrow(new RangeError(message));
});
