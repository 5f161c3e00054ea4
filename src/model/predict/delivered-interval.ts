import type { CostName } from '../../experiment/cost.js';
import type { Host } from '../../experiment/host.js';
import type { Interval } from '../../experiment/outcome.js';
import type { Solution } from '../solve/solution.js';
import { solve } from '../solve/solve.js';
import { type Assessment, deliveredPps, expected } from './assess.js';

/** Fine enough for the slope of a step of two per cent. */
const slopeTolerance = 1e-5;

/** Scenarios whose slopes are computed. */
const mostSlopes = 16;

/** Standard deviations from the middle to either end of a 90 % interval of a normal distribution. */
const deviationsOf90Percent = 1.6448536269514722;

/**
 * Where the next run's delivered pps will lie with probability 0.9: spread between runs, uncertainty of each cost
 * (first-order, costs taken as independent although a fit correlates them), and the spread between the possibilities.
 */
export function deliveredInterval(assessment: Assessment, host: Host): Interval {
  const middle = expected(assessment, deliveredPps);
  let variance = (middle * host.runToRunSpread) ** 2 + expected(assessment, (solution) => (deliveredPps(solution) - middle) ** 2);
  const sample = sampleOf(assessment);
  const sampleMiddle = expected(sample, deliveredPps);
  for (const name of Object.keys(host.costs) as CostName[]) {
    const cost = host.costs[name];
    const reach = (cost.high - cost.low) / 2;
    if (!(reach > 0) || !(sampleMiddle > 0)) continue;
    // A short step keeps the first order on this side of a change of bottleneck where it can.
    const step = Math.min(reach / deviationsOf90Percent, 0.02 * Math.max(cost.value, 1e-6));
    const costs = { ...assessment.costs, [name]: assessment.costs[name] + step };
    const solutions: Solution[] = [];
    for (const { scenario: index } of sample.possibilities) {
      const [scenario, solution] = [assessment.scenarios[index], assessment.solutions[index]];
      if (scenario && solution) solutions[index] ??= solve(scenario, costs, solution.unknowns, slopeTolerance);
    }
    const slope = (expected({ possibilities: sample.possibilities, solutions }, deliveredPps) - sampleMiddle) / step;
    variance += (((slope / sampleMiddle) * middle * reach) / deviationsOf90Percent) ** 2;
  }
  const reachPps = deviationsOf90Percent * Math.sqrt(variance);
  return { low: Math.max(0, middle - reachPps), high: middle + reachPps, level: 0.9, kind: 'prediction' };
}

/** All possibilities where few scenarios differ, else some of them, evenly chosen: relative slopes hardly depend on a draw. */
function sampleOf({ possibilities, solutions }: Assessment): Pick<Assessment, 'possibilities' | 'solutions'> {
  if (solutions.length <= mostSlopes) return { possibilities, solutions };
  const stride = Math.floor(possibilities.length / mostSlopes);
  const chosen = possibilities.filter((_, index) => index % stride === 0);
  return { possibilities: chosen.map((possibility) => ({ ...possibility, probability: 1 / chosen.length })), solutions };
}
