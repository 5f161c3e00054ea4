import type { Cost, CostName } from '../../experiment/cost.js';
import type { Interval } from '../../experiment/outcome.js';
import type { Solution } from '../solve/solution.js';
import { solve } from '../solve/solve.js';
import { leastCost } from '../stages/cost-values.js';
import { type Assessment, deliveredPps, expected } from './assess.js';

/** Fine enough for the slope of a step of two per cent. */
const slopeTolerance = 1e-5;

const relativeStep = 0.02;

/** Scenarios that are solved again for each source of spread. */
const mostScenarios = 16;

/** Standard deviations from the middle to either end of a 90 % interval of a normal distribution. */
const deviationsOf90Percent = 1.6448536269514722;

/** Spread that even a steady run shows: clocks, short stalls. The steadiest run of the article, two-senders-one-ip, has ±0.8 %. */
const idleSpread = 0.008;

/**
 * Where the next run's delivered pps will lie with probability 0.9. Four things spread it: the machine's speed, which changes all times alike
 * between runs (`runToRunSpread`); the uncertainty of each cost (taken as independent although a fit correlates them); the possibilities; and a
 * floor. Speed and costs are moved to both ends of their own 90 % intervals, one after the other, and what they move down and up is added in
 * squares, down and up apart: next to a knee much is lost on one side and nothing won on the other, which no slope shows.
 */
export function deliveredInterval(assessment: Assessment): Interval {
  const { host } = assessment;
  const middle = expected(assessment, deliveredPps);
  const sample = sampleOf(assessment);
  const names = Object.keys(host.costs) as CostName[];
  const steady = deviationsOf90Percent * idleSpread;
  let [down, up] = [steady ** 2, steady ** 2];
  for (const ends of [speedEnds(names, host.runToRunSpread), ...names.map((name) => costEnds(name, host.costs[name]))]) {
    const moves = ends.map((costs) => relativeMove(assessment, sample, costs));
    down += Math.min(0, ...moves) ** 2;
    up += Math.max(0, ...moves) ** 2;
  }
  const between = deviationsOf90Percent ** 2 * expected(assessment, (solution) => (deliveredPps(solution) - middle) ** 2);
  return {
    low: Math.max(0, middle - Math.sqrt(down * middle ** 2 + between)),
    high: middle + Math.sqrt(up * middle ** 2 + between),
    level: 0.9,
    kind: 'prediction',
  };
}

type Sample = Pick<Assessment, 'possibilities' | 'solutions'>;

/** Factors of costs by name. */
type Factors = Partial<Record<CostName, number>>;

/** A slow and a fast phase of the machine. */
function speedEnds(names: CostName[], spread: number): Factors[] {
  if (spread === 0) return [];
  const times = names.filter((name) => name.endsWith('Ns'));
  return [-1, 1].map((sign) => Object.fromEntries(times.map((name) => [name, Math.exp(sign * deviationsOf90Percent * spread)])));
}

/** Both ends of a cost's interval. A cost of zero is a millionth, so that its factor is finite. */
function costEnds(name: CostName, { value, low, high }: Cost): Factors[] {
  const ends = [low, high].filter((end) => end !== value);
  return ends.map((end) => ({ [name]: Math.max(end, leastCost) / Math.max(value, leastCost) }));
}

/**
 * Ratio of two predictions for one host, with 90 % probability. Both are moved by the same costs, so that what moves them alike drops out.
 */
export function ratioInterval(before: Assessment, after: Assessment): { low: number; high: number } {
  const [one, other] = [sampleOf(before), sampleOf(after)];
  const { host } = before;
  const names = Object.keys(host.costs) as CostName[];
  const variance = names.reduce((sum, name) => {
    const slope = relativeSlope(after, other, name) - relativeSlope(before, one, name);
    return sum + (slope * relativeReach(host.costs[name])) ** 2;
  }, 0);
  const ratio = expected(after, deliveredPps) / Math.max(expected(before, deliveredPps), 1e-9);
  const reach = Math.exp(Math.sqrt(variance));
  return { low: ratio / reach, high: ratio * reach };
}

/** Relative change of delivered pps for each relative change of a cost. A short step stays on this side of a change of bottleneck where it can. */
function relativeSlope(assessment: Assessment, sample: Sample, name: CostName): number {
  return assessment.costs[name] === 0 ? 0 : relativeMove(assessment, sample, { [name]: 1 + relativeStep }) / relativeStep;
}

/** Relative change of delivered pps where costs are multiplied. */
function relativeMove(assessment: Assessment, sample: Sample, factors: Factors): number {
  const before = expected(sample, deliveredPps);
  if (!(before > 0)) return 0;
  const costs = { ...assessment.costs };
  for (const [name, factor] of Object.entries(factors) as [CostName, number][]) costs[name] *= factor;
  const solutions: Solution[] = [];
  for (const { scenario: index } of sample.possibilities) {
    const [scenario, solution] = [assessment.scenarios[index], assessment.solutions[index]];
    if (scenario && solution) solutions[index] ??= solve(scenario, costs, solution.unknowns, slopeTolerance);
  }
  return expected({ possibilities: sample.possibilities, solutions }, deliveredPps) / before - 1;
}

/** Half the width of a cost's interval on a logarithmic scale: where it spans orders of magnitude, a straight line would be far off at its ends. A cost of zero has none. */
function relativeReach({ value, low, high }: Cost): number {
  if (!(value > 0)) return 0;
  return low > 0 ? Math.log(high / low) / 2 : Math.max(1, Math.log(high / value));
}

/** All possibilities where few scenarios differ, else some of them, evenly chosen: relative slopes hardly depend on a draw. */
function sampleOf({ possibilities, solutions }: Assessment): Sample {
  if (solutions.length <= mostScenarios) return { possibilities, solutions };
  const stride = Math.floor(possibilities.length / mostScenarios);
  const chosen = possibilities.filter((_, index) => index % stride === 0);
  return { possibilities: chosen.map((possibility) => ({ ...possibility, probability: 1 / chosen.length })), solutions };
}
