import { HostError, type Run } from '../experiment/index.js';
import { explain } from '../model/index.js';
import { tableHtml } from '../notebook/table-html.js';
import { escapeXml } from '../plot/escape-xml.js';
import { formatError, formatKpps } from '../plot/index.js';
import { threatsToValidity } from '../records/threats-to-validity.js';
import { notes } from './html.js';

/** What threatens these conclusions, and what to change for more packets per second. */
export function validitySection(runs: readonly Run[]): string {
  return notes('Threats to validity, from the data', threatsToValidity(runs)) + nextSection(runs);
}

function nextSection(runs: readonly Run[]): string {
  const [best] = [...runs].sort((a, b) => b.outcome.deliveredPps - a.outcome.deliveredPps);
  if (!best) return '';
  try {
    const { changes, sentence } = explain(best.experiment, best.host);
    const head = `<h3>What to change next</h3>
<p>${escapeXml(best.experiment.id)} delivered most, ${formatKpps(best.outcome.deliveredPps)} k pps. The model says of it: ${escapeXml(sentence)}</p>`;
    return changes.length
      ? `${head}\n<div class="wide">${tableHtml(changes, [
          { label: 'change one thing', value: 'change' },
          { label: 'predicted', unit: 'k pps', value: ({ predictedPps }) => formatKpps(predictedPps) },
          { label: 'gain', value: ({ gain }) => formatError(gain) },
        ])}</div>`
      : `${head}<p>No single change that the model knows of would help.</p>`;
  } catch (error) {
    if (error instanceof HostError) return '';
    throw error;
  }
}
