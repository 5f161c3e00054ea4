import { tableText } from '../notebook/table-text.js';
import { formatError, formatKpps, lossesText } from '../plot/index.js';
import type { MachineRow } from '../records/machine-table.js';

/** This machine's table for a terminal. */
export function printMachine(rows: readonly MachineRow[]): string {
  return tableText(rows, [
    { label: 'this machine', value: 'id' },
    { label: 'registered k pps', value: ({ predictedPps, low, high }) => `${formatKpps(predictedPps)} (${formatKpps(low)}–${formatKpps(high)})` },
    { label: 'measured k pps', value: ({ measuredPps }) => formatKpps(measuredPps) },
    { label: 'runs', value: ({ measured }) => measured.length },
    { label: 'median error', value: ({ error }) => formatError(error) },
    { label: 'lost', value: ({ lossesPackets, offeredPackets }) => lossesText(lossesPackets, offeredPackets) },
    { label: 'unaccounted', value: ({ unaccountedPackets }) => unaccountedPackets },
    { label: 'doubts', value: ({ doubtfulRuns, measured }) => (doubtfulRuns ? `${doubtfulRuns} of ${measured.length} runs` : '') },
  ]);
}
