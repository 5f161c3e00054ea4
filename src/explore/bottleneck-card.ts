import type { ExpectedExplanation } from '../model/explain/expected-explanation.js';
import { escapeXml } from '../plot/escape-xml.js';
import { formatError } from '../plot/format-error.js';
import { formatKpps } from '../plot/format-kpps.js';
import { formatPercent } from '../plot/format-percent.js';

/** Which stage limits an experiment, how full the others are, and the single change that would help most. */
export function bottleneckCard(title: string, { stages, limiting, sentence, changes }: ExpectedExplanation): string {
  const [best] = changes;
  const loads = stages
    .map(
      ({ stage, utilization }) =>
        `<li${stage === limiting ? ' class="limiting"' : ''}><span>${stage}</span><meter min="0" max="1" value="${utilization.toFixed(3)}"></meter><span class="number">${formatPercent(utilization)}</span></li>`,
    )
    .join('');
  const next = best
    ? `<p><b>Best single change:</b> ${escapeXml(best.change)} (${formatKpps(best.predictedPps)} k, ${formatError(best.gain)}).</p>`
    : '<p><b>Best single change:</b> none that the model knows gains anything.</p>';
  return `<div class="bottleneck"><h4>${escapeXml(title)}</h4><p>${escapeXml(sentence)}</p><ul>${loads}</ul>${next}</div>`;
}
