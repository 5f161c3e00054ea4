import { describe, expect, it } from 'vitest';
import { type Run, readRuns } from '../../src/index.js';
import { randomNumbers } from '../../src/model/predict/random-numbers.js';
import { compareSets } from '../../src/records/compare-sets.js';
import { holm } from '../../src/records/holm.js';

const recorded = readRuns('data/runs/two-cpu-vm').runs[0]!;
const runsOf = (id: string, rates: readonly number[], host = 'one'): Run[] =>
  rates.map((deliveredPps) => ({
    ...recorded,
    host: { ...recorded.host, name: host },
    experiment: { ...recorded.experiment, id },
    outcome: { ...recorded.outcome, deliveredPps },
  }));

describe('compareSets', () => {
  it('shows a difference that is there, with its size, and none where there is none', () => {
    const a = [...runsOf('same', [100, 101, 99, 100, 102, 98]), ...runsOf('faster', [100, 101, 99, 100, 102, 98])];
    const b = [...runsOf('same', [101, 99, 100, 98, 102, 100], 'two'), ...runsOf('faster', [120, 121, 119, 120, 122, 118], 'two')];
    const { rows, hosts, tests } = compareSets(a, b);
    const [same, faster] = rows;
    expect([hosts, tests]).toEqual([[['one'], ['two']], 2]);
    expect(same).toMatchObject({ difference: 0, isSignificant: false });
    expect(faster).toMatchObject({ difference: expect.closeTo(0.2, 12), isSignificant: true, runs: [6, 6] });
    expect(faster!.interval!.low).toBeGreaterThan(0.15);
    expect(faster!.interval!.high).toBeLessThan(0.25);
  });

  it('raises false alarms among many alike configurations no more often than it says', () => {
    const random = randomNumbers(5);
    let alarms = 0;
    const sets = 30;
    for (let set = 0; set < sets; set++) {
      const draw = () =>
        ['a', 'b', 'c', 'd', 'e'].flatMap((id) =>
          runsOf(
            id,
            Array.from({ length: 5 }, () => 100 + 10 * random()),
          ),
        );
      if (compareSets(draw(), draw()).rows.some(({ isSignificant }) => isSignificant)) alarms++;
    }
    // One in twenty families of tests may; five of thirty would be 1 in 200 by chance.
    expect(alarms).toBeLessThan(5);
  });

  it('never finds three runs against three different, since chance alone parts them so once in ten times', () => {
    const [row] = compareSets(runsOf('x', [1, 2, 3]), runsOf('x', [100, 200, 300])).rows;
    expect(row!.pValue).toBeGreaterThanOrEqual(0.1);
    expect(row!.isSignificant).toBe(false);
  });

  it('tests nothing with a single run, and compares no experiments of one id that differ', () => {
    expect(compareSets(runsOf('x', [100]), runsOf('x', [110, 111])).rows[0]).toMatchObject({ pValue: null, interval: null, isSignificant: false });
    const other = runsOf('x', [1]).map((run) => ({ ...run, experiment: { ...run.experiment, payloadBytes: 64 } }));
    expect(compareSets(runsOf('x', [1]), [...other, ...runsOf('y', [1])])).toMatchObject({ rows: [], notCompared: ['x', 'y'] });
  });

  it('refuses to mix hosts in a set', () => {
    expect(() => compareSets([...runsOf('x', [1]), ...runsOf('x', [1], 'two')], runsOf('x', [1]))).toThrow(
      /first set must hold runs of one host, got one and two/,
    );
    expect(() => compareSets(runsOf('x', [1]), [])).toThrow(/second set .* got no runs/);
  });
});

it('holm multiplies the smallest by the number of tests, and never reverses an order', () => {
  expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06].map((p) => expect.closeTo(p, 12)));
  expect(holm([0.5, 0.9])).toEqual([1, 1]);
});
