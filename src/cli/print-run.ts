import type { Run } from '../experiment/index.js';
import { formatError, formatKpps } from '../plot/index.js';
import { lossesText } from './losses-text.js';

/** A run for a terminal: prediction, measurement, and the account of every packet. */
export function printRun({ experiment, prediction, outcome }: Run): string {
  const { offeredPackets = 0, deliveredPackets = 0, lossesPackets = {}, unaccountedPackets = 0 } = outcome;
  const packets = (count: number) => count.toLocaleString('en-US').padStart(14);
  const lost = Object.entries(lossesPackets).filter(([, count]) => count !== 0);
  return [
    `${experiment.id}: ${experiment.title}`,
    `predicted ${formatKpps(prediction.deliveredPps)} k pps (${formatKpps(prediction.delivered.low)} to ${formatKpps(prediction.delivered.high)}), measured ${formatKpps(outcome.deliveredPps)} k pps, error ${formatError(prediction.deliveredPps / outcome.deliveredPps - 1)}`,
    `lost ${lossesText(outcome.lossesPps, outcome.offeredPps ?? 0)} of ${formatKpps(outcome.offeredPps ?? 0)} k pps offered`,
    'the account, from start to drain:',
    `${packets(offeredPackets)} sent`,
    `${packets(deliveredPackets)} delivered`,
    ...lost.map(([place, count]) => `${packets(count)} lost: ${place}`),
    `${packets(unaccountedPackets)} unaccounted`,
    ...outcome.notes.map((note) => `note: ${note}`),
  ].join('\n');
}
