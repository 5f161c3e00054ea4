import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { md1k, mm1k, occupancy } from '../../src/model/index.js';

/** rho, then loss of M/M/1/K for K = 2, 5, 10, 64, then of M/D/1/K, to eight decimals. */
const losses: number[][] = [
  [0.5, 0.14285714, 0.01587302, 0.00048852, 0, 0.09627448, 0.00217596, 4.06e-6, 0],
  [0.8, 0.26229508, 0.0888195, 0.02349286, 1.3e-7, 0.19957031, 0.0352904, 0.00363923, 0],
  [0.9, 0.29889299, 0.12602255, 0.05081373, 0.00011803, 0.23463706, 0.0643619, 0.01663175, 2.0e-7],
  [0.95, 0.31638913, 0.14604705, 0.06942684, 0.00194556, 0.25191194, 0.08278855, 0.03059559, 7.974e-5],
  [1.0, 0.33333333, 0.16666667, 0.09090909, 0.01538462, 0.26894142, 0.10344894, 0.05084746, 0.0078329],
  [1.05, 0.34972244, 0.18763568, 0.11465609, 0.04970395, 0.28568252, 0.12591137, 0.07682932, 0.04770843],
  [1.2, 0.3956044, 0.25058812, 0.1925865, 0.16666786, 0.33386367, 0.19914669, 0.17091077, 0.16666667],
  [1.5, 0.47368421, 0.36541353, 0.33723208, 0.33333333, 0.41966079, 0.33844881, 0.33339701, 0.33333333],
  [2.0, 0.57142857, 0.50793651, 0.50024426, 0.5, 0.53168947, 0.50025308, 0.50000009, 0.5],
];

/** Octave queueing, qsmm1k: rho, K, loss, mean in system. */
const exponential: number[][] = [
  [0.5, 5, 0.0158730158730159, 0.904761904761905],
  [0.8, 10, 0.0234928575799056, 2.96631426648415],
  [0.9, 64, 0.000118027086279303, 8.93095415452661],
  [1.0, 10, 0.0909090909090909, 5],
  [1.2, 10, 0.192586495126806, 6.7107086783692],
  [0.95, 277, 3.3760506058177e-8, 18.999821677007],
];

/** Brun and Garcia's closed form with 120 digits: rho, K, loss, mean in system. */
const constant: number[][] = [
  [0.5, 5, 0.002175962570998321, 0.7390209440070189],
  [0.8, 10, 0.003639231140254471, 2.255580236879563],
  [0.9, 11, 0.01315163081082708, 3.662488075857414],
  [0.9, 64, 2.006226871672426e-7, 4.949884662516464],
  [0.95, 32, 0.002148283634040105, 8.67474212605543],
  [1.0, 10, 0.05084745763072884, 5.064971751052706],
  [1.2, 10, 0.1709107685404137, 7.591634978596857],
  [1.05, 512, 0.04761904761904762, 501.8360482341452],
];

const load = fc.double({ min: 0, max: 1e4, noNaN: true });
const places = fc.integer({ min: 1, max: 1_000_000 });

describe('mm1k', () => {
  it.each(exponential)('agrees with qsmm1k at rho %d, K %i', (rho = 0, capacity = 1, loss = 0, mean = 0) => {
    expectNear(mm1k(rho, capacity).lossProbability, loss);
    expectNear(mm1k(rho, capacity).meanInSystem, mean);
  });

  it('is continuous through rho = 1', () => {
    for (const capacity of [1, 7, 256, 1_000_000]) {
      for (const near of [1 - 1e-9, 1 + 1e-9]) {
        expect(mm1k(near, capacity).meanInSystem / mm1k(1, capacity).meanInSystem).toBeCloseTo(1, 3);
      }
    }
  });
});

describe('md1k', () => {
  it.each(constant)('agrees with Brun and Garcia at rho %d, K %i', (rho = 0, capacity = 1, loss = 0, mean = 0) => {
    expectNear(md1k(rho, capacity).lossProbability, loss);
    expectNear(md1k(rho, capacity).meanInSystem, mean);
  });

  it.each([
    [0.98, 6.8467e-7, 5],
    [0.99, 5.98863e-5, 6],
    [1, 0.0019543974, 8],
    [1.01, 0.0099617421, 8],
    [1.05, 0.0476190476, 9],
  ])('holds at 256 places, rho %d', (rho, loss, digits) => {
    expect(md1k(rho, 256).lossProbability.toPrecision(digits)).toBe(loss.toPrecision(digits));
  });

  it('passes into the asymptotic form without a step that matters', () => {
    for (const rho of [0.5, 0.99, 0.9999, 1, 1.0001, 1.01, 2]) {
      const [exact, asymptotic] = [md1k(rho, 2048), md1k(rho, 2049)];
      expect(Math.abs(exact.lossProbability - asymptotic.lossProbability)).toBeLessThan(1 / 2048);
      expect(Math.abs(exact.meanInSystem - asymptotic.meanInSystem)).toBeLessThan(0.02 * 2048);
    }
  });
});

it.each(losses)('both lose what the table of domain facts says at rho %d', (rho = 0, ...expected) => {
  const computed = [mm1k, md1k].flatMap((queue) => [2, 5, 10, 64].map((capacity) => queue(rho, capacity).lossProbability));
  for (const [index, loss] of computed.entries()) expect(Math.abs(loss - (expected[index] ?? 0))).toBeLessThan(6e-9);
});

it.each([mm1k, md1k])('%o never leaves its bounds, whatever the load and capacity', (queue) => {
  fc.assert(
    fc.property(load, places, (rho, capacity) => {
      const { lossProbability, throughput, meanInSystem } = queue(rho, capacity > 4096 || capacity < 300 ? capacity : 300);
      expect(lossProbability).toBeGreaterThanOrEqual(0);
      expect(lossProbability).toBeLessThanOrEqual(1);
      expect(lossProbability).toBeGreaterThanOrEqual(Math.max(0, 1 - 1 / rho) - 1e-9);
      expect(throughput).toBeLessThanOrEqual(1 + 1e-9);
      expect(throughput).toBeGreaterThanOrEqual(0);
      expect(meanInSystem).toBeGreaterThanOrEqual(0);
      expect(meanInSystem).toBeLessThanOrEqual(capacity * (1 + 1e-9));
    }),
    { seed: 1, numRuns: 300 },
  );
});

it.each([mm1k, md1k])('%o names the argument that makes no sense', (queue) => {
  expect(() => queue(-1, 5)).toThrow(new RangeError(`${queue.name}: rho must be finite and at least 0, got -1`));
  expect(() => queue(1, 0.5)).toThrow(new RangeError(`${queue.name}: capacity must be an integer from 1, got 0.5`));
  expect(() => queue('1' as unknown as number, 5)).toThrow(TypeError);
});

describe('occupancy', () => {
  it('gives the checked values for 4 and 11 bins', () => {
    expectAll(occupancy(2, 4), [0, 0.25, 0.75, 0, 0], 4);
    expectAll(occupancy(3, 4), [0, 0.0625, 0.5625, 0.375, 0], 4);
    expectAll(occupancy(4, 4), [0, 0.0156, 0.3281, 0.5625, 0.0938], 4);
    expectAll(occupancy(8, 4).slice(2), [0.0233, 0.3538, 0.6229], 4);
    expectAll(occupancy(4, 11).slice(2, 5), [0.0526, 0.4057, 0.5409], 4);
    expect(occupancy(20, 11)[11]).toBeCloseTo(0.1128, 4);
    expect(mean(occupancy(20, 11))).toBeCloseTo(9.3649, 4);
    expect(occupancy(8, 11)[8]).toBeCloseTo(604800 / 19487171, 12);
  });

  it('sums to one and has the known mean', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 100 }), (flows, bins) => {
        const busy = occupancy(flows, bins);
        expect(busy.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 10);
        expect(mean(busy)).toBeCloseTo(bins * (1 - (1 - 1 / bins) ** flows), 8);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

function expectNear(computed: number, expected: number): void {
  expect(Math.abs(computed - expected)).toBeLessThanOrEqual(1e-9 * expected + 1e-15);
}

function expectAll(computed: number[], expected: number[], digits: number): void {
  for (const [index, value] of computed.entries()) expect(value).toBeCloseTo(expected[index] ?? Number.NaN, digits);
}

function mean(probabilities: number[]): number {
  return probabilities.reduce((sum, probability, index) => sum + index * probability, 0);
}
