import type { Cost, CostName } from '../../experiment/cost.js';
import type { Host } from '../../experiment/host.js';
import type { ArticleDetail } from '../article-details.js';
import type { CostValues } from '../stages/cost-values.js';
import { articleHostFrame, assumedCosts } from './article-host.js';
import { articlePriors } from './article-priors.js';
import type { Figure } from './figure.js';
import { figurePredictor } from './figure-predictor.js';
import type { CostProblem } from './fit-costs.js';

/** The least-squares problem that the article's figures and the priors pose. */
export function articleProblem(details: Record<string, ArticleDetail>): CostProblem {
  const figures = Object.entries(details).flatMap(([experiment, { published, group }]) =>
    published.figures.map((figure): Figure => ({ ...figure, experiment, group })),
  );
  const experiments = Object.fromEntries(Object.entries(details).map(([id, { experiment }]) => [id, experiment]));
  const host = hostWithPriors();
  const fixed = Object.fromEntries(Object.entries(host.costs).map(([name, { value }]) => [name, value])) as CostValues;
  return { figures, priors: articlePriors, fixed, predictFigures: figurePredictor(figures, experiments, host) };
}

function hostWithPriors(): Host {
  const priors = articlePriors.map(({ cost, centre, source }): [CostName, Cost] => [
    cost,
    { value: centre, low: centre, high: centre, origin: 'literature', source },
  ]);
  return { ...articleHostFrame, costs: { ...Object.fromEntries(priors), ...assumedCosts } as Host['costs'], runToRunSpread: 0 };
}
