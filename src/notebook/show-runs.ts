import type { Run } from '../experiment/index.js';
import { formatError, formatKpps } from '../plot/index.js';
import { type MachineRow, machineTable } from '../records/machine-table.js';
import { kppsColumn } from './kpps-column.js';
import { markdown } from './markdown.js';
import { table } from './table.js';

/**
 * Shows recorded runs of one machine, a row an experiment: what was registered before, what came, by how much it missed, and where packets died.
 * @returns the rows, for claims about them
 * @throws {RangeError} when the runs are of several machines
 * @example const [one, two] = showRuns(recordedNicRuns('two-senders-one-ip', 'two-ips'));
 */
export function showRuns(runs: readonly Run[]): MachineRow[] {
  const rows = machineTable(runs);
  const shareLost = (place: 'nicRing' | 'socketBuffer') => (row: MachineRow) => (100 * (row.lossesPackets[place] ?? 0)) / row.offeredPackets;
  table(rows, [
    { label: 'experiment', value: 'id' },
    kppsColumn('registered before', ({ predictedPps }) => predictedPps),
    kppsColumn('measured, median', ({ measuredPps }) => measuredPps),
    {
      label: 'range of the runs',
      value: ({ measured }) => `${formatKpps(Math.min(...measured))} to ${formatKpps(Math.max(...measured))}`,
      unit: 'k pps',
    },
    { label: 'predicted / measured − 1', value: ({ error }) => formatError(error) },
    { label: 'lost in rings', value: shareLost('nicRing'), unit: '%', digits: 1 },
    { label: 'lost at sockets', value: shareLost('socketBuffer'), unit: '%', digits: 1 },
  ]);
  const doubts = runs.flatMap((run) => run.doubts);
  const doubtful = runs.filter((run) => run.doubts.length > 0).length;
  if (doubts[0]) markdown(`${doubtful} of these ${runs.length} runs carry a doubt in their record, such as "${doubts[0]}".`);
  return rows;
}
