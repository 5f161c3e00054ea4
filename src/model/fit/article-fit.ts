import type { CostName } from '../../experiment/cost.js';
import type { ArticleRole } from '../article-details.js';

/** Result of the fit of the article's host. The file data/article/fit.json. */
export interface ArticleFit {
  /** Command that makes this file. */
  command: string;
  /** Sum of squared residuals, figures and priors, in standard deviations. */
  cost: number;
  experiments: Record<string, FittedExperiment>;
  parameters: FittedParameter[];
  /** Pairs of parameters whose logarithms correlate beyond 0.5 either way. */
  correlations: { between: [CostName, CostName]; correlation: number }[];
  figures: { count: number; parameters: number; difference: number; note: string };
  checks: FitChecks;
}

/** What a configuration was to the fit, and how well the fit predicts it without having seen its group. */
export interface FittedExperiment {
  role: ArticleRole;
  group: string;
  /** Of delivered pps; null where it is not defined. */
  looError: number | null;
  /** Of the counters that grew, by name. */
  looCounterErrors: Record<string, number>;
}

/** How much the fit owes to the figures, and how much to the priors. */
export interface FitChecks {
  /** Cost of the fit to figures that were each raised or lowered by `distortion`, over the cost of the fit to the true ones, lowest first. */
  distorted: { distortion: number; costRatios: number[] };
  /** Lowest and highest median and worst left-out error over so many draws of prior centres, each moved by its own uncertainty. */
  movedPriors: { draws: number; median: [number, number]; worst: [number, number] };
}

/** One fitted cost. */
export interface FittedParameter {
  name: CostName;
  value: number;
  /** 90 % interval. */
  low: number;
  high: number;
  /** Of the logarithm. */
  standardError: number;
  prior: { centre: number; spread: number; source: string };
  /** Standard error over the prior's spread; near 1 the figures say nothing. */
  widthRatio: number;
}
