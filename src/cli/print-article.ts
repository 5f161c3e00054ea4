import type { ArticleTable } from '../model/index.js';
import { tableText } from '../notebook/table-text.js';
import { formatError, formatKpps, formatPercent } from '../plot/index.js';

const roleNames = { fitted: 'fitted', reproduced: 'reproduced', heldOut: 'held out' } as const;

/** The article's table for a terminal. */
export function printArticle({ rows, figures, checks: { distorted, movedPriors } }: ArticleTable): string {
  const table = tableText(rows, [
    { label: 'the article', value: 'id' },
    { label: 'published k pps', value: ({ publishedPps, published }) => `${published.upTo ? '≤ ' : ''}${formatKpps(publishedPps)}` },
    { label: 'predicted k pps', value: ({ predictedPps }) => formatKpps(predictedPps) },
    { label: 'error', value: ({ error }) => formatError(error) },
    { label: 'the fit', value: ({ role }) => roleNames[role] },
    { label: 'left out', value: ({ looError }) => (looError === null ? '' : formatError(looError)) },
  ]);
  return `${table}\n\npredicted for the article’s host; error = predicted / published − 1; left out = error when the fit never saw that group.\n${figures.count} figures, ${figures.parameters} parameters: ${figures.difference} figures to spare. A reproduced figure is the only evidence for one parameter, so its error proves nothing.
figures distorted by ${formatPercent(distorted.distortion)} fit ${distorted.costRatios[0]?.toFixed(1)} to ${distorted.costRatios.at(-1)?.toFixed(1)} times worse (${distorted.costRatios.length} draws); with prior centres moved by their uncertainty the left-out error is ${movedPriors.median.map(formatPercent).join(' to ')} in the median and ${movedPriors.worst.map(formatPercent).join(' to ')} at worst (${movedPriors.draws} draws).`;
}
