import { type Article, articleTable } from '../model/index.js';
import type { PublishedVersusPredictedRow } from './published-versus-predicted.js';

/** The article as rows for `publishedVersusPredicted`. Give it `{ ...article, host }` to see another host's predictions. */
export function articleChartRows(article: Article): PublishedVersusPredictedRow[] {
  return articleTable(article).rows.map(({ id, publishedPps, published, predictedPps, role }) => ({
    id,
    title: article.experiments[id]?.title ?? id,
    publishedPps,
    low: published.low,
    high: published.high,
    predictedPps,
    role,
    upTo: published.upTo,
  }));
}
