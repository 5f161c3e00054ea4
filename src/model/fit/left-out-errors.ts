import type { Host } from '../../experiment/host.js';
import type { ArticleDetail } from '../article-details.js';
import { predict } from '../predict.js';
import { articleHostFrame } from './article-host.js';
import { type CostProblem, type FittedCosts, fitCosts } from './fit-costs.js';

/** Error of each fitted configuration when no figure of its group was seen. */
export function leftOutErrors(details: Record<string, ArticleDetail>, problem: CostProblem, fitted: FittedCosts): Record<string, number> {
  const hosts = new Map<string, Host>();
  const errors: Record<string, number> = {};
  for (const [id, { role, group, experiment, published }] of Object.entries(details)) {
    if (role !== 'fitted') continue;
    const host = hosts.get(group) ?? hostWithout(group, problem, fitted);
    hosts.set(group, host);
    errors[id] = predict(experiment, host).deliveredPps / published.value - 1;
  }
  return errors;
}

function hostWithout(group: string, problem: CostProblem, fitted: FittedCosts): Host {
  const without = fitCosts({ ...problem, uses: (figure) => figure.group !== group }, [fitted.costs]);
  const costs = Object.fromEntries(
    Object.entries(without.costs).map(([name, value]) => [name, { value, low: value, high: value, origin: 'article', source: '' }]),
  ) as Host['costs'];
  return { ...articleHostFrame, costs, runToRunSpread: 0 };
}
