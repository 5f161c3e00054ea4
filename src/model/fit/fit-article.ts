import type { Cost, CostName } from '../../experiment/cost.js';
import type { Host } from '../../experiment/host.js';
import type { ArticleDetail } from '../article-details.js';
import type { ArticleFit, FittedParameter } from './article-fit.js';
import { articleHostFrame, assumedCosts } from './article-host.js';
import { articlePriors } from './article-priors.js';
import { articleProblem } from './article-problem.js';
import { type FittedCosts, fitCosts } from './fit-costs.js';
import { leftOutErrors } from './left-out-errors.js';

const deviationsOf90Percent = 1.6448536269514722;

/**
 * Fits the costs of the article's host to the article's figures, and again without each independent group of figures.
 *
 * @param command what to print as the command that makes the result
 */
export function fitArticle(details: Record<string, ArticleDetail>, command: string): { host: Host; fit: Omit<ArticleFit, 'checks'> } {
  const problem = articleProblem(details);
  const fitted = fitCosts(problem, [problem.fixed]);
  const parameters = parametersOf(fitted);
  const host = hostOf(parameters, runToRunSpread(details));
  const leftOut = leftOutErrors(details, problem, fitted);
  const experiments = Object.entries(details).map(([id, { role, group }]) => {
    const errors = leftOut[id];
    return [id, { role, group, looError: errors?.deliveredPps ?? null, looCounterErrors: errors?.counters ?? {} }] as const;
  });
  const count = problem.figures.filter(({ value }) => value > 0).length;
  return {
    host,
    fit: {
      command,
      cost: fitted.cost,
      experiments: Object.fromEntries(experiments),
      parameters,
      correlations: correlationsOf(fitted),
      figures: {
        count,
        parameters: parameters.length,
        difference: count - parameters.length,
        note: 'About 12 of the figures are independent: pinned, two-senders-one-ip and place-same-node give one number, aligned-four is four times the same, the pps of two-ips are the sum of its queues, and the InErrors of many-queues-one-reader are the supply minus what was delivered.',
      },
    },
  };
}

function parametersOf({ costs, covariance }: FittedCosts): FittedParameter[] {
  return articlePriors.map(({ cost, centre, spread, source }, i) => {
    const standardError = Math.sqrt(covariance[i]?.[i] ?? 0);
    const reach = Math.exp(deviationsOf90Percent * standardError);
    const value = costs[cost];
    return {
      name: cost,
      value,
      low: value / reach,
      high: value * reach,
      standardError,
      prior: { centre, spread, source },
      widthRatio: standardError / spread,
    };
  });
}

function hostOf(parameters: FittedParameter[], spread: number): Host {
  const costs = parameters.map(({ name, value, low, high, prior }): [CostName, Cost] => [
    name,
    { value, low, high, origin: 'article', source: `fitted to the article's figures; prior: ${prior.source}` },
  ]);
  return { ...articleHostFrame, costs: { ...Object.fromEntries(costs), ...assumedCosts } as Host['costs'], runToRunSpread: spread };
}

/** Pooled spread of the printed lines of the pinned configurations; unpinned lines spread by placement, not by run. */
function runToRunSpread(details: Record<string, ArticleDetail>): number {
  let squares = 0;
  let freedom = 0;
  for (const { published, role } of Object.values(details)) {
    if (role === 'heldOut' || published.lines.length < 2) continue;
    squares += published.lines.reduce((sum, line) => sum + (line / published.value - 1) ** 2, 0);
    freedom += published.lines.length - 1;
  }
  return Math.sqrt(squares / freedom);
}

function correlationsOf({ covariance }: FittedCosts): ArticleFit['correlations'] {
  return articlePriors.flatMap(({ cost }, i) =>
    articlePriors.slice(0, i).flatMap((other, j): ArticleFit['correlations'] => {
      const correlation = (covariance[i]?.[j] ?? 0) / Math.sqrt((covariance[i]?.[i] ?? 1) * (covariance[j]?.[j] ?? 1));
      return Math.abs(correlation) > 0.5 ? [{ between: [other.cost, cost], correlation }] : [];
    }),
  );
}
