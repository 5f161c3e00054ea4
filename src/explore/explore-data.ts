import type { Experiment, Host } from '../experiment/index.js';
import type { Article, ArticleRow } from '../model/index.js';

/** One configuration of the article. */
export interface ArticleCase {
  experiment: Experiment;
  published: ArticleRow['published'];
  role: ArticleRow['role'];
}

/** What explorables draw from, as JSON in their pages: the article's host with its fitted costs, and the article's configurations. */
export interface ExploreData {
  host: Host;
  cases: ArticleCase[];
}

/** The article as data for explorables; without `withCases` only its host. */
export function exploreData({ host, details }: Article, withCases: boolean): ExploreData {
  const cases = Object.values(details).map(({ experiment, published: { value, low, high, upTo }, role }) => ({
    experiment: { ...experiment, assumed: {} },
    published: { value, low, high, ...(upTo ? { upTo } : {}) },
    role,
  }));
  return { host, cases: withCases ? cases : [] };
}
