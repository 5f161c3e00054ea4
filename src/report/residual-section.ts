import { HostError, type Run } from '../experiment/index.js';
import { explainResidual, type Residual } from '../model/index.js';
import { tableHtml } from '../notebook/table-html.js';
import { formatError, formatKpps, residualWaterfall } from '../plot/index.js';
import { figure, notes } from './html.js';

/** Why the runs missed their predictions: the median run of each configuration in words, the largest miss as a chart. */
export function residualSection(runs: readonly Run[]): string {
  const residuals = medianRuns(runs).flatMap((run): Residual[] => {
    try {
      return [explainResidual(run)];
    } catch (error) {
      // A record of another version may hold what this model cannot express.
      if (error instanceof HostError) return [];
      throw error;
    }
  });
  const [worst] = [...residuals].sort((a, b) => Math.abs(b.measuredPps / b.predictedPps - 1) - Math.abs(a.measuredPps / a.predictedPps - 1));
  if (!worst) return '';
  return `<h3>Why the predictions missed</h3>
<p>The run of median error of each configuration. Causes are taken out one after the other, by what the counters measured in place of what the model expected; they sum to the miss exactly.</p>
<div class="wide">${tableHtml(residuals, [
    { label: 'configuration', value: 'experiment' },
    { label: 'predicted', unit: 'k pps', value: ({ predictedPps }) => formatKpps(predictedPps) },
    { label: 'measured', unit: 'k pps', value: ({ measuredPps }) => formatKpps(measuredPps) },
    { label: 'unexplained', value: ({ causes, predictedPps }) => formatError((causes.at(-1)?.pps ?? 0) / predictedPps) },
  ])}</div>
${notes(
  'In words',
  residuals.map(({ experiment, sentence }) => `${experiment}: ${sentence}`),
)}
${figure(residualWaterfall(worst))}`;
}

/** Of each experiment the run whose error is in the middle. */
function medianRuns(runs: readonly Run[]): Run[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) if (run.purpose === 'scored') groups.set(run.experiment.id, [...(groups.get(run.experiment.id) ?? []), run]);
  const error = ({ prediction, outcome }: Run) => prediction.deliveredPps / outcome.deliveredPps;
  return [...groups.values()].flatMap((group) => [...group].sort((a, b) => error(a) - error(b))[Math.floor((group.length - 1) / 2)] ?? []);
}
