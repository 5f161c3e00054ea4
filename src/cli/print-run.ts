import type { Run } from '../experiment/index.js';
import { accountRows } from '../notebook/account-rows.js';
import { formatError, formatKpps, lossesText } from '../plot/index.js';

/** A run for a terminal: prediction, measurement, and the account of every packet. */
export function printRun({ experiment, prediction, outcome }: Run): string {
  return [
    `${experiment.id}: ${experiment.title}`,
    `predicted ${formatKpps(prediction.deliveredPps)} k pps (${formatKpps(prediction.delivered.low)} to ${formatKpps(prediction.delivered.high)}), measured ${formatKpps(outcome.deliveredPps)} k pps, error ${formatError(prediction.deliveredPps / outcome.deliveredPps - 1)}`,
    `lost ${lossesText(outcome.lossesPps, outcome.offeredPps ?? 0)} of ${formatKpps(outcome.offeredPps ?? 0)} k pps offered`,
    'the account, from start to drain:',
    ...accountRows(outcome).map(({ packets, fate }) => `${packets.toLocaleString('en-US').padStart(14)} ${fate}`),
    ...outcome.notes.map((note) => `note: ${note}`),
  ].join('\n');
}
