import type { Run } from '../experiment/index.js';
import { escapeXml } from '../plot/escape-xml.js';
import { formatPercent, predictionsBySet } from '../plot/index.js';
import { article } from '../records/article.js';
import { machineOf } from '../records/machine-of.js';
import type { RecordedRuns } from '../records/read-runs.js';
import { isAsRegistered } from '../records/registration.js';
import { type RunScore, score } from '../records/score.js';
import { figure } from './html.js';

/** All sets of runs side by side, one's own and others'; empty where there is only one. */
export function setsSection({ runs, sets }: Pick<RecordedRuns, 'runs' | 'sets'>): string {
  const scored = runs.filter((run) => run.purpose === 'scored' && isAsRegistered(run));
  const setOf = (run: Run) => sets.get(run) ?? '.';
  if (new Set(scored.map(setOf)).size < 2) return '';
  const { registered } = score(article, scored, { sets });
  return `<h2>Every set side by side</h2>
<p>A set is a folder of records. Each run stands against the prediction that was registered before it, for its own machine as it was then known.</p>
${figure(
  predictionsBySet(
    scored.map((run) => ({
      set: setOf(run),
      predictedPps: run.prediction.deliveredPps,
      measuredPps: run.outcome.deliveredPps,
      isInside: run.prediction.delivered.low <= run.outcome.deliveredPps && run.outcome.deliveredPps <= run.prediction.delivered.high,
    })),
  ),
)}
<ul>${Object.entries(registered.sets)
    .map(
      ([set, scores]) =>
        `<li>${escapeXml(sentence(set, scores, new Set(scored.filter((run) => setOf(run) === set).map(({ host }) => machineOf(host)))))}</li>`,
    )
    .join('')}</ul>`;
}

function sentence(set: string, { count, medianAbsError, worstAbsError, coverage90 }: RunScore, machines: ReadonlySet<string>): string {
  const percent = (ratio: number | null) => (ratio === null ? '–' : formatPercent(ratio));
  return `${set}, of ${[...machines].join(' and ')}: ${count} ${count === 1 ? 'run' : 'runs'}, median error ${percent(medianAbsError)}, worst ${percent(worstAbsError)}; ${percent(coverage90)} lie inside their registered 90 % interval.`;
}
