import type { ArticleDetail } from '../article-details.js';
import { randomNumbers } from '../predict/random-numbers.js';
import type { FitChecks } from './article-fit.js';
import { articleProblem } from './article-problem.js';
import { type CostProblem, fitCosts } from './fit-costs.js';
import { leftOutErrors } from './left-out-errors.js';

const distortion = 0.15;

/**
 * Two checks of the fit of the article. A model that fits anything fits distorted figures as well as true ones: each figure is raised or
 * lowered by 15 % at random, and the fit repeated. And left-out errors that hang on the priors move with them: each prior's centre is moved
 * up or down by its own uncertainty, and every group left out anew.
 *
 * @param draws of each, seeded
 */
export function checkFit(details: Record<string, ArticleDetail>, draws: { distorted: number; moved: number }): FitChecks {
  const problem = articleProblem(details);
  const { cost } = fitCosts(problem, [problem.fixed]);
  const random = randomNumbers(1);
  const sign = () => (random() < 0.5 ? -1 : 1);
  const costRatios = Array.from({ length: draws.distorted }, () => {
    const figures = problem.figures.map((figure) => ({ ...figure, value: figure.value * (1 + distortion * sign()) }));
    return fitCosts({ ...problem, figures }, [problem.fixed]).cost / cost;
  });
  const moved = Array.from({ length: draws.moved }, () => {
    const priors = problem.priors.map((prior) => ({ ...prior, centre: prior.centre * Math.exp(prior.spread * sign()) }));
    return leftOutSummary(details, { ...problem, priors });
  });
  return {
    distorted: { distortion, costRatios: costRatios.sort((a, b) => a - b) },
    movedPriors: { draws: draws.moved, median: rangeOf(moved.map(({ median }) => median)), worst: rangeOf(moved.map(({ worst }) => worst)) },
  };
}

function leftOutSummary(details: Record<string, ArticleDetail>, problem: CostProblem): { median: number; worst: number } {
  const errors = Object.values(leftOutErrors(details, problem, fitCosts(problem, [problem.fixed])))
    .map(({ deliveredPps }) => Math.abs(deliveredPps))
    .sort((a, b) => a - b);
  const middle = (errors.length - 1) / 2;
  return { median: ((errors[Math.floor(middle)] ?? 0) + (errors[Math.ceil(middle)] ?? 0)) / 2, worst: errors.at(-1) ?? 0 };
}

function rangeOf(values: number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
