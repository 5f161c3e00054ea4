import type { Explanation } from '../model/index.js';
import { tableText } from '../notebook/table-text.js';
import { formatError, formatKpps, formatPercent, lossesText } from '../plot/index.js';

/** An explanation for a terminal. */
export function printExplanation({ experiment, host, sentence, stages, changes, deaths, lossesPps, deliveredPps }: Explanation): string {
  const lost = Object.values(lossesPps).reduce((sum, pps) => sum + pps, 0);
  const loads = tableText(stages, [
    { label: 'stage', value: 'stage' },
    { label: 'utilization', value: ({ utilization }) => formatPercent(utilization) },
    { label: 'slack', value: ({ slack }) => formatPercent(slack) },
  ]);
  const next = changes.length
    ? tableText(changes, [
        { label: 'change one thing', value: 'change' },
        { label: 'k pps', value: ({ predictedPps }) => formatKpps(predictedPps) },
        { label: 'gain', value: ({ gain }) => formatError(gain) },
        { label: '90 % interval', value: ({ intervalPps: { low, high } }) => `${formatKpps(low)} to ${formatKpps(high)}` },
      ])
    : 'no single change that the model knows of would help';
  const evidence = tableText(deaths, [
    { label: 'where packets die', value: 'place' },
    { label: 'k/s', value: ({ pps }) => formatKpps(pps) },
    { label: 'counter that proves it', value: 'counter' },
    { label: 'shown by', value: 'where' },
    { label: '', value: 'caveat' },
  ]);
  return `${experiment} on ${host}: ${sentence}\nlost: ${lossesText(lossesPps, deliveredPps + lost)}${deaths.length ? `\n\n${evidence}` : ''}\n\n${loads}\n\n${next}`;
}
