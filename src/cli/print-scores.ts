import { tableText } from '../notebook/table-text.js';
import { formatPercent } from '../plot/index.js';
import type { Scores } from '../records/score.js';
import { type ScoreRow, scoreRows } from '../records/score-rows.js';
import { speedSentence } from '../records/speed-sentence.js';

const percent = (ratio: number | null | undefined) => (ratio === null || ratio === undefined ? '–' : formatPercent(ratio));

/** Scores for a terminal, one table a kind of group. */
export function printScores(scores: Scores): string {
  const { evidence, bands, stages, counters, hosts, sets } = scoreRows(scores);
  const { changed, lossPlace, speedAdjusted } = scores.registered;
  const errors = (label: string, rows: readonly ScoreRow[]) =>
    tableText(rows, [
      { label, value: 'group' },
      { label: 'figures', value: 'count' },
      { label: 'median |error|', value: ({ medianAbsError }) => percent(medianAbsError) },
      { label: 'worst |error|', value: ({ worstAbsError }) => percent(worstAbsError) },
    ]);
  const covered = (label: string, rows: readonly ScoreRow[]) =>
    tableText(rows, [
      { label, value: 'group' },
      { label: 'runs', value: 'count' },
      { label: 'median |error|', value: ({ medianAbsError }) => percent(medianAbsError) },
      { label: 'worst |error|', value: ({ worstAbsError }) => percent(worstAbsError) },
      { label: 'inside 90 % interval', value: ({ coverage90 }) => percent(coverage90) },
      {
        label: '95 % interval of that',
        value: ({ coverageInterval }) => (coverageInterval ? `${percent(coverageInterval.low)} to ${percent(coverageInterval.high)}` : '–'),
      },
    ]);
  return [
    errors('evidence', evidence),
    ...(bands.length ? [covered('registered, by load', bands)] : []),
    ...(hosts.length > 1 ? [covered('registered, by host', hosts)] : []),
    ...(sets.length > 1 ? [covered('registered, by folder', sets)] : []),
    ...(stages.length ? [errors('registered, rate by stage', stages)] : []),
    ...(counters.length ? [errors('registered, drops as share of offered', counters)] : []),
    [
      ...(lossPlace.count ? [`${lossPlace.right} of ${lossPlace.count} runs that lost more than 2 % lost most where the prediction says.`] : []),
      ...(speedAdjusted.count ? [speedSentence(speedAdjusted)] : []),
      ...(changed ? [`${changed} runs were left out: their registration was changed.`] : []),
    ].join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}
