import type { Run } from '../experiment/index.js';
import { tableHtml } from '../notebook/table-html.js';
import { formatPercent } from '../plot/index.js';
import { article } from '../records/article.js';
import { score } from '../records/score.js';
import { type ScoreRow, scoreRows } from '../records/score-rows.js';
import { speedSentence } from '../records/speed-sentence.js';

/** How good the registered predictions of this host were. */
export function scoreSection(runs: readonly Run[]): string {
  const scores = score(article, runs);
  const { registered } = scores;
  if (registered.count === 0) return '';
  const { bands, stages, counters } = scoreRows(scores);
  const percent = (ratio: number | null | undefined) => (ratio === null || ratio === undefined ? '–' : formatPercent(ratio));
  const columns = (label: string) => [
    { label, value: 'group' as const },
    { label: 'runs', value: 'count' as const },
    { label: 'median |error|', value: ({ medianAbsError }: ScoreRow) => percent(medianAbsError) },
    { label: 'worst |error|', value: ({ worstAbsError }: ScoreRow) => percent(worstAbsError) },
  ];
  const { coverageInterval, lossPlace, speedAdjusted } = registered;
  return `<h3>Score</h3>
<p>${percent(registered.coverage90)} of ${registered.count} runs lie inside their registered 90 % interval${coverageInterval ? ` (95 % interval of that: ${percent(coverageInterval.low)} to ${percent(coverageInterval.high)})` : ''}.
${lossPlace.count ? `Of ${lossPlace.count} runs that lost more than 2 %, ${lossPlace.right} lost most where the prediction says. ` : ''}${speedSentence(speedAdjusted)}</p>
<div class="wide">${tableHtml([...bands], [...columns('offered load'), { label: 'inside interval', value: ({ coverage90 }: ScoreRow) => percent(coverage90) }])}</div>
<div class="wide">${tableHtml([...stages], columns('rate by stage'))}</div>
${counters.length ? `<div class="wide">${tableHtml([...counters], columns('drops, as share of offered'))}</div>` : ''}`;
}
