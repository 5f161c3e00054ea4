import type { ArticleRow, PlacementPlateau } from '../model/index.js';
import { tableText } from '../notebook/table-text.js';
import { formatError, formatKpps, formatPercent } from '../plot/index.js';

/** The article's counters, and the placements behind its first, unpinned run, for a terminal. */
export function printArticleDetails(rows: readonly ArticleRow[], naivePlateaus: readonly PlacementPlateau[]): string {
  const counters = tableText(
    rows.flatMap(({ id, counters }) => counters.map((counter) => ({ id, ...counter }))),
    [
      { label: 'its counters', value: 'id' },
      { label: 'name', value: 'name' },
      { label: 'published k/s', value: ({ published }) => formatKpps(published) },
      { label: 'predicted k/s', value: ({ predicted }) => (predicted === null ? '' : formatKpps(predicted)) },
      { label: 'error', value: ({ error }) => (error === null ? '' : formatError(error)) },
      { label: 'left out', value: ({ looError }) => (looError === null ? '' : formatError(looError)) },
    ],
  );
  const plateaus = tableText(naivePlateaus, [
    { label: 'naive, its reader on', value: 'place' },
    { label: 'predicted k pps', value: ({ predictedPps }) => formatKpps(predictedPps) },
    { label: 'share of CPUs', value: ({ uniformWeight }) => formatPercent(uniformWeight) },
    { label: 'share of its lines', value: ({ observedWeight }) => formatPercent(observedWeight) },
  ]);
  return `${counters}\n\n${plateaus}\n\nA line of naive counts for the nearest plateau. These weights are read off the run itself: shown, not scored.`;
}
