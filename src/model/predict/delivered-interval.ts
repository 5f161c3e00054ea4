import type { Cost, CostName } from '../../experiment/cost.js';
import type { Host } from '../../experiment/host.js';
import type { Interval } from '../../experiment/outcome.js';
import type { Solution } from '../solve/solution.js';
import { solve } from '../solve/solve.js';
import { type Assessment, deliveredPps, expected } from './assess.js';

/** Fine enough for the slope of a step of two per cent. */
const slopeTolerance = 1e-5;

const relativeStep = 0.02;

/** Scenarios whose slopes are computed. */
const mostSlopes = 16;

/** Standard deviations from the middle to either end of a 90 % interval of a normal distribution. */
const deviationsOf90Percent = 1.6448536269514722;

/** Spread that even a steady run shows: clocks, short stalls. The steadiest run of the article, two-senders-one-ip, has ±0.8 %. */
const idleSpread = 0.008;

/**
 * Where the next run's delivered pps will lie with probability 0.9. Four things spread it: the machine's speed, which changes
 * all times alike between runs (`runToRunSpread`), so that it hardly moves what is paced below the knee; the uncertainty of each cost
 * (first-order, taken as independent although a fit correlates them); the possibilities; and a floor.
 */
export function deliveredInterval(assessment: Assessment, host: Host): Interval {
  const middle = expected(assessment, deliveredPps);
  const sample = sampleOf(assessment);
  const names = costNames(host);
  const spreads = [
    middle * idleSpread,
    middle *
      relativeSlope(
        assessment,
        sample,
        names.filter((name) => name.endsWith('Ns')),
      ) *
      host.runToRunSpread,
    ...names.map((name) => (middle * relativeSlope(assessment, sample, [name]) * relativeReach(host.costs[name])) / deviationsOf90Percent),
  ];
  const between = expected(assessment, (solution) => (deliveredPps(solution) - middle) ** 2);
  const reachPps = deviationsOf90Percent * Math.sqrt(spreads.reduce((variance, spread) => variance + spread ** 2, between));
  return { low: Math.max(0, middle - reachPps), high: middle + reachPps, level: 0.9, kind: 'prediction' };
}

/** Relative change of delivered pps for each relative change of each of the host's costs. */
export function costSlopes(assessment: Assessment, host: Host): number[] {
  const sample = sampleOf(assessment);
  return costNames(host).map((name) => relativeSlope(assessment, sample, [name]));
}

/**
 * Factor by which the ratio of two predictions for one host may be off, either way, with 90 % probability. Both are moved by the same
 * costs, so that what moves them alike drops out.
 *
 * @param before slopes of one, from costSlopes()
 * @param after of the other
 */
export function ratioReach(before: number[], after: number[], host: Host): number {
  const variance = costNames(host).reduce(
    (sum, name, index) => sum + (((after[index] ?? 0) - (before[index] ?? 0)) * relativeReach(host.costs[name])) ** 2,
    0,
  );
  return Math.exp(Math.sqrt(variance));
}

function costNames({ costs }: Host): CostName[] {
  return Object.keys(costs) as CostName[];
}

/** Relative change of delivered pps for each relative change of the named costs together. A short step stays on this side of a change of bottleneck where it can. */
function relativeSlope(assessment: Assessment, sample: Pick<Assessment, 'possibilities' | 'solutions'>, names: CostName[]): number {
  const before = expected(sample, deliveredPps);
  if (!(before > 0) || names.every((name) => assessment.costs[name] === 0)) return 0;
  const costs = { ...assessment.costs };
  for (const name of names) costs[name] *= 1 + relativeStep;
  const solutions: Solution[] = [];
  for (const { scenario: index } of sample.possibilities) {
    const [scenario, solution] = [assessment.scenarios[index], assessment.solutions[index]];
    if (scenario && solution) solutions[index] ??= solve(scenario, costs, solution.unknowns, slopeTolerance);
  }
  return (expected({ possibilities: sample.possibilities, solutions }, deliveredPps) / before - 1) / relativeStep;
}

/** Half the width of a cost's interval on a logarithmic scale: where it spans orders of magnitude, a straight line would be far off at its ends. A cost of zero has none. */
function relativeReach({ value, low, high }: Cost): number {
  if (!(value > 0)) return 0;
  return low > 0 ? Math.log(high / low) / 2 : Math.max(1, Math.log(high / value));
}

/** All possibilities where few scenarios differ, else some of them, evenly chosen: relative slopes hardly depend on a draw. */
function sampleOf({ possibilities, solutions }: Assessment): Pick<Assessment, 'possibilities' | 'solutions'> {
  if (solutions.length <= mostSlopes) return { possibilities, solutions };
  const stride = Math.floor(possibilities.length / mostSlopes);
  const chosen = possibilities.filter((_, index) => index % stride === 0);
  return { possibilities: chosen.map((possibility) => ({ ...possibility, probability: 1 / chosen.length })), solutions };
}
