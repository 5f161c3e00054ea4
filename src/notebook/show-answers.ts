import type { LossPlace, Outcome, Run } from '../experiment/index.js';
import { answers, fateNames, formatKpps, formatPercent } from '../plot/index.js';
import { type AnswersTo, answerRows } from './answer-rows.js';
import { markdown } from './markdown.js';
import { show } from './show.js';
import { table } from './table.js';

/**
 * Shows every answer to a lesson's question in one table and one chart, the guess among them, and says how the machine bent the experiment.
 * @example showAnswers({ experiment, guessPps: myGuess, simulated, runs });
 */
export function showAnswers({ guessPps, ...known }: AnswersTo & { guessPps: number }): void {
  const rows = answerRows(known);
  const guessed = { host: 'you', title: 'your guess', pps: guessPps, low: guessPps, high: guessPps, range: '' };
  table(
    [guessed, ...rows],
    [
      { label: 'host', value: 'host' },
      { label: 'answer', value: 'title' },
      { label: 'received', value: ({ pps }) => formatKpps(pps), unit: 'k pps' },
      { label: 'range', value: ({ low, high }) => (high > low ? `${formatKpps(low)} to ${formatKpps(high)}` : ''), unit: 'k pps' },
      { label: 'what the range is', value: ({ low, high, range }) => (high > low ? range : '') },
    ],
  );
  show(answers(rows, { guessPps }));
  const bends = [...new Set(known.runs.flatMap(({ plan }) => plan.deviations))];
  if (bends.length > 0) markdown(`How this machine bends the experiment:\n\n${bends.map((bend) => `- ${bend}`).join('\n')}`);
  markdown(fateOfRuns(known.runs));
}

function fateOfRuns(runs: readonly Run[]): string {
  const sum = (of: (outcome: Outcome) => number | undefined) => runs.reduce((total, { outcome }) => total + (of(outcome) ?? 0), 0);
  const sent = sum(({ offeredPackets }) => offeredPackets);
  const percent = formatPercent(sum(({ deliveredPackets }) => deliveredPackets) / sent);
  const places = [...new Set(runs.flatMap(({ outcome }) => Object.keys(outcome.lossesPackets ?? {})))] as LossPlace[];
  const lost = (place: LossPlace) => sum(({ lossesPackets }) => lossesPackets?.[place]);
  const worst = places.reduce<LossPlace | undefined>((most, place) => (lost(place) > (most ? lost(most) : 0) ? place : most), undefined);
  const where = worst ? `; where most of the others died: **${fateNames[worst]}**` : '';
  return `Of the packets sent there, **${percent}** arrived${where}.`;
}
