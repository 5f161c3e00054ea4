import type { Host } from '../../experiment/host.js';
import type { ArticleDetail } from '../article-details.js';
import { predict } from '../predict.js';
import { articleHostFrame } from './article-host.js';
import { type CostProblem, type FittedCosts, fitCosts } from './fit-costs.js';

/** Errors of one configuration when no figure of its group was seen, predicted over published, minus 1. */
export interface LeftOutErrors {
  deliveredPps: number;
  /** By name, of the counters that grew. */
  counters: Record<string, number>;
}

/** The errors of each fitted configuration when no figure of its group was seen. */
export function leftOutErrors(details: Record<string, ArticleDetail>, problem: CostProblem, fitted: FittedCosts): Record<string, LeftOutErrors> {
  const hosts = new Map<string, Host>();
  const errors: Record<string, LeftOutErrors> = {};
  for (const [id, { role, group, experiment, published }] of Object.entries(details)) {
    if (role !== 'fitted') continue;
    const host = hosts.get(group) ?? hostWithout(group, problem, fitted);
    hosts.set(group, host);
    const { deliveredPps, countersPps } = predict(experiment, host);
    const grown = published.counters.filter(({ pps }) => pps > 0);
    errors[id] = {
      deliveredPps: deliveredPps / published.value - 1,
      counters: Object.fromEntries(grown.map(({ name, pps }) => [name, (countersPps[name] ?? 0) / pps - 1])),
    };
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
