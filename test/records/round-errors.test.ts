import { expect, it } from 'vitest';
import type { Run } from '../../src/experiment/index.js';
import { roundErrors } from '../../src/records/round-errors.js';

const run = (id: string, predictedPps: number, measuredPps: number) =>
  ({ name: id, experiment: { id }, prediction: { deliveredPps: predictedPps }, outcome: { deliveredPps: measuredPps } }) as Run;

it('an error that whole rounds share is taken out to the last digit', () => {
  const runs = [run('a', 100, 120), run('b', 300, 360), run('a', 100, 80), run('b', 300, 240)];
  const { rounds, spread, spreadWithinRounds } = roundErrors(runs);
  expect(rounds.map(({ round, runs: count }) => [round, count])).toEqual([
    [1, 2],
    [2, 2],
  ]);
  expect(rounds.map(({ measuredOverPredicted }) => measuredOverPredicted)).toEqual([1.2, 0.8]);
  expect(spread).toBeCloseTo(Math.sqrt((Math.log(1.2) ** 2 + Math.log(0.8) ** 2) / 2), 12);
  expect(spreadWithinRounds).toBeCloseTo(0, 12);
});

it("an error of one experiment's own stays", () => {
  const runs = [run('a', 100, 100), run('b', 100, 100), run('c', 100, 200), run('a', 100, 100), run('b', 100, 100), run('c', 100, 200)];
  const { spread, spreadWithinRounds } = roundErrors(runs);
  expect(spreadWithinRounds).toBe(spread);
});

it('refuses nothing, and runs of nothing', () => {
  expect(() => roundErrors([])).toThrow('roundErrors: runs must hold at least one run, got 0');
  expect(() => roundErrors([run('a', 100, 0)])).toThrow('roundErrors: a must have delivered packets, and been predicted to, got 0');
});
