import type { Experiment, Outcome } from '../experiment/index.js';
import { formatKpps, lossesText } from '../plot/index.js';

/** An outcome for a terminal. */
export function printOutcome(experiment: Experiment, outcome: Outcome): string {
  const { delivered, deliveredPps, offeredPps, lossesPps, bottleneck, countersPps, notes } = outcome;
  const counters = Object.entries(countersPps).filter(([, pps]) => pps >= 1);
  const width = Math.max(22, ...counters.map(([name]) => name.length));
  return [
    `${outcome.experiment}: ${experiment.title}`,
    `  host        ${outcome.host}`,
    `  offered     ${offeredPps === null ? '–' : formatKpps(offeredPps)} k pps`,
    `  delivered   ${formatKpps(deliveredPps)} k pps (${Math.round(100 * delivered.level)} % ${delivered.kind} ${formatKpps(delivered.low)} to ${formatKpps(delivered.high)})`,
    `  lost        ${lossesText(lossesPps, offeredPps ?? deliveredPps)}`,
    `  bottleneck  ${bottleneck ?? '–'}`,
    ...counters.map(([name, pps]) => `  ${name.padEnd(width)} ${formatKpps(pps)} k/s`),
    ...notes.map((note) => `  note: ${note}`),
  ].join('\n');
}
