import { articleTable } from '../model/index.js';
import { tableHtml } from '../notebook/table-html.js';
import { articleChartRows, formatError, formatKpps, formatPercent, publishedVersusPredicted } from '../plot/index.js';
import { article } from '../records/article.js';
import { score } from '../records/score.js';
import { figure } from './html.js';

const roleNames = { fitted: 'fitted', reproduced: 'reproduced', heldOut: 'held out' } as const;

/** The article: published against predicted for its own host. */
export function articleSection(): string {
  const { rows, figures } = articleTable(article);
  const { fitted, heldOut } = score(article, []);
  const percent = (ratio: number | null) => (ratio === null ? '–' : formatPercent(ratio));
  return `<h2>The article</h2>
<p>Published figures against what the model predicts for the article’s own host. ${figures.count} figures were used with ${figures.parameters} fitted parameters.
Seen by the fit, the error is ${percent(fitted.medianAbsError)} in the median and ${percent(fitted.worstAbsError)} at worst; not seen by it, ${percent(heldOut.medianAbsError)} and ${percent(heldOut.worstAbsError)}.
A reproduced figure is the only evidence for one parameter, so its small error proves nothing.</p>
${figure(publishedVersusPredicted(articleChartRows(article)))}
<div class="wide">${tableHtml(rows, [
    { label: 'configuration', value: 'id' },
    { label: 'published', unit: 'k pps', value: ({ publishedPps, published }) => `${published.upTo ? '≤ ' : ''}${formatKpps(publishedPps)}` },
    { label: 'predicted', unit: 'k pps', value: ({ predictedPps }) => formatKpps(predictedPps) },
    { label: 'error', value: ({ error }) => formatError(error) },
    { label: 'the fit', value: ({ role }) => roleNames[role] },
    { label: 'error when left out', value: ({ looError }) => (looError === null ? '–' : formatError(looError)) },
  ])}</div>`;
}
