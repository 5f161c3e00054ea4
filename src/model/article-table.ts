import type { Experiment } from '../experiment/experiment.js';
import type { Host } from '../experiment/host.js';
import type { Outcome } from '../experiment/outcome.js';
import type { ArticleDetail, ArticleRole } from './article-details.js';
import type { ArticleFit, FittedParameter } from './fit/article-fit.js';
import { assess } from './predict/assess.js';
import { expectedOutcome } from './predict/expected-outcome.js';

/** The article as data: what src/records/article.ts reads from data/article/. */
export interface Article {
  experiments: Record<string, Experiment>;
  host: Host;
  published: Record<string, Outcome>;
  details: Record<string, ArticleDetail>;
  fit: ArticleFit;
}

/** One configuration: what was published and what the model says. */
export interface ArticleRow {
  id: string;
  /** Mean of the printed lines, else the figure of the prose. */
  publishedPps: number;
  published: { value: number; low: number; high: number; upTo?: true };
  predictedPps: number;
  /** predicted / published − 1. */
  error: number;
  role: ArticleRole;
  /** The same error when no figure of the configuration's group was seen by the fit; null where that is not defined. */
  looError: number | null;
  counters: CounterRow[];
}

/** One published counter, in packets per second; errors are null where the counter did not grow or the error is not defined. */
export interface CounterRow {
  name: string;
  published: number;
  predicted: number | null;
  error: number | null;
  looError: number | null;
}

/** The whole article against the model. */
export interface ArticleTable {
  rows: ArticleRow[];
  parameters: FittedParameter[];
  figures: ArticleFit['figures'];
  checks: ArticleFit['checks'];
}

/** Predicts every configuration of the article and sets it beside what was published. */
export function articleTable({ experiments, host, details, fit }: Article): ArticleTable {
  const rows = Object.entries(details).map(([id, { published, role }]): ArticleRow => {
    const experiment = experiments[id] ?? fail(id);
    const predicted = expectedOutcome(assess(experiment, host), experiment, host);
    const { value, low, high, upTo } = published;
    return {
      id,
      publishedPps: value,
      published: { value, low, high, ...(upTo ? { upTo } : {}) },
      predictedPps: predicted.deliveredPps,
      error: predicted.deliveredPps / value - 1,
      role,
      looError: fit.experiments[id]?.looError ?? null,
      counters: published.counters.map(({ name, pps }) => {
        const counter = predicted.countersPps[name] ?? null;
        const error = counter !== null && pps > 0 ? counter / pps - 1 : null;
        return { name, published: pps, predicted: counter, error, looError: fit.experiments[id]?.looCounterErrors[name] ?? null };
      }),
    };
  });
  return { rows, parameters: fit.parameters, figures: fit.figures, checks: fit.checks };
}

function fail(id: string): never {
  throw new RangeError(`articleTable: article.experiments must have an experiment for each detail, got none for "${id}"`);
}
