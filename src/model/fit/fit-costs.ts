import type { CostName, PartedCostName } from '../../experiment/cost.js';
import type { CostValues } from '../stages/cost-values.js';
import type { Figure } from './figure.js';
import { type LeastSquares, levenbergMarquardt } from './levenberg-marquardt.js';
import type { Prior } from './prior.js';

/** Costs that fit figures best, with the covariance of their logarithms (Laplace's approximation). */
export interface FittedCosts extends LeastSquares {
  costs: CostValues;
}

/** What a fit of costs needs to know. */
export interface CostProblem {
  figures: Figure[];
  priors: Prior<CostName | PartedCostName>[];
  /** Costs that are not fitted, and a start for those that are. */
  fixed: CostValues;
  predictFigures: (costs: CostValues) => number[];
  /** Figures that count; all of them unless said. */
  uses?: (figure: Figure) => boolean;
}

/** Finds the costs of highest posterior probability. Parameters are logarithms, in the order of the priors. */
export function fitCosts(problem: CostProblem, starts: CostValues[]): FittedCosts {
  const { priors } = problem;
  const best = starts
    .map((start) =>
      levenbergMarquardt(
        (parameters) => residuals(problem, parameters),
        priors.map(({ cost }) => Math.log(start[cost] ?? Number.NaN)),
      ),
    )
    .reduce((a, b) => (b.cost < a.cost ? b : a));
  return { ...best, costs: costsOf(problem, best.parameters) };
}

/** Sum of squared residuals of figures and priors at given costs, in standard deviations. */
export function posteriorCost(problem: CostProblem, costs: CostValues): number {
  const values = residuals(
    problem,
    problem.priors.map(({ cost }) => Math.log(costs[cost] ?? Number.NaN)),
  );
  return values.reduce((sum, value) => sum + value * value, 0);
}

function costsOf({ priors, fixed }: CostProblem, parameters: number[]): CostValues {
  const fitted = priors.map(({ cost }, i): [CostName | PartedCostName, number] => [cost, Math.exp(parameters[i] ?? 0)]);
  return { ...fixed, ...Object.fromEntries(fitted) };
}

function residuals(problem: CostProblem, parameters: number[]): number[] {
  const predicted = problem.predictFigures(costsOf(problem, parameters));
  const ofFigures = problem.figures.map((figure, i) => {
    if (problem.uses && !problem.uses(figure)) return 0;
    const pps = Math.max(predicted[i] ?? 0, 0);
    // A counter that does not grow bounds from one side only.
    return figure.value === 0 ? pps / 1e6 / figure.relativeSpread : Math.log(Math.max(pps, 1) / figure.value) / figure.relativeSpread;
  });
  const ofPriors = problem.priors.map(({ centre, spread }, i) => ((parameters[i] ?? 0) - Math.log(centre)) / spread);
  return [...ofFigures, ...ofPriors];
}
