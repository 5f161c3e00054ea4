import type { Run } from '../experiment/index.js';
import { tableHtml } from '../notebook/table-html.js';
import { escapeXml } from '../plot/escape-xml.js';
import {
  fateRows,
  formatError,
  formatKpps,
  lossesText,
  ppsOverTime,
  predictedVersusMeasured,
  predictedVersusMeasuredScatter,
  whereThePacketsWent,
} from '../plot/index.js';
import { type MachineRow, machineTable } from '../records/machine-table.js';
import { ppsSeries } from '../records/pps-series.js';
import { isAsRegistered } from '../records/registration.js';
import { hostSection } from './host-section.js';
import { figure, notes } from './html.js';
import { residualSection } from './residual-section.js';
import { scoreSection } from './score-section.js';
import { validitySection } from './validity-section.js';

/** Everything recorded on one host: registered predictions, measurements, and where the packets went. */
export function machineSection(host: string, runs: readonly Run[]): string {
  const rows = machineTable(runs);
  const newest = runs.at(-1);
  if (!rows.length || !newest) return '';
  const changed = runs.filter((run) => !isAsRegistered(run)).map(({ name }) => name);
  const unaccounted = rows.reduce((sum, row) => sum + Math.abs(row.unaccountedPackets), 0);
  return `<h2>Recorded runs: ${escapeXml(host)}</h2>
<p>${escapeXml(verdict(rows))} Every prediction was registered before its run, for this host’s own costs; most of those come from a calibration whose flood
of one pair resembles the simplest rows.${changed.length ? ` <strong>Changed since they were registered: ${changed.map(escapeXml).join(', ')}.</strong>` : ''}</p>
${figure(predictedVersusMeasured(rows))}
<div class="wide">${runsTable(rows)}</div>
${figure(predictedVersusMeasuredScatter(rows.map((row) => ({ ...row, title: row.id }))))}
${scoreSection(runs)}
${residualSection(runs)}
<h3>Where the packets went</h3>
<p>${escapeXml(lossSentence(rows))} ${unaccounted.toLocaleString('en-US')} packets of ${rows.reduce((sum, row) => sum + row.offeredPackets, 0).toLocaleString('en-US')} are unaccounted for.</p>
${figure(whereThePacketsWent(fateRows(rows)))}
<h3>The newest run over time</h3>
<p>What ${escapeXml(newest.name)} sent and delivered between its readings. A gap between the lines is what was lost, or waits in a queue.</p>
${figure(ppsOverTime([ppsSeries(newest)]))}
${notes(
  'Where this host differs from what the experiments mean',
  rows.flatMap(({ id, deviations }) => deviations.map((deviation) => `${id}: ${deviation}`)),
)}
${notes(
  'Runs to doubt',
  runs.filter(({ doubts }) => doubts.length).map(({ name, doubts }) => `${name}: ${doubts.join('; ')}`),
)}
${validitySection(runs)}
${hostSection(newest)}`;
}

function verdict(rows: readonly MachineRow[]): string {
  const count = rows.reduce((sum, { measured }) => sum + measured.length, 0);
  const inside = rows.reduce((sum, { insideInterval }) => sum + insideInterval, 0);
  const worst = [...rows].sort((a, b) => Math.abs(b.error) - Math.abs(a.error))[0];
  return `${inside} of ${count} runs lie inside their registered 90 % interval${worst ? `; the largest median error is ${formatError(worst.error)}, of ${worst.id}` : ''}.`;
}

function lossSentence(rows: readonly MachineRow[]): string {
  const share = ({ offeredPackets, deliveredPackets }: MachineRow) => 1 - deliveredPackets / Math.max(1, offeredPackets);
  const worst = [...rows].sort((a, b) => share(b) - share(a))[0];
  return worst ? `${worst.id} lost most: ${lossesText(worst.lossesPackets, worst.offeredPackets)}.` : '';
}

function runsTable(rows: readonly MachineRow[]): string {
  return tableHtml(rows, [
    { label: 'configuration', value: 'id' },
    {
      label: 'registered',
      unit: 'k pps',
      value: ({ predictedPps, low, high }) => `${formatKpps(predictedPps)} (${formatKpps(low)}–${formatKpps(high)})`,
    },
    { label: 'measured', unit: 'k pps', value: ({ measuredPps }) => formatKpps(measuredPps) },
    { label: 'median error', value: ({ error }) => formatError(error) },
    { label: 'inside interval', value: ({ insideInterval, measured }) => `${insideInterval} of ${measured.length}` },
    { label: 'lost', value: ({ lossesPackets, offeredPackets }) => lossesText(lossesPackets, offeredPackets) },
    { label: 'unaccounted', unit: 'packets', value: 'unaccountedPackets' },
    { label: 'doubtful', value: ({ doubtfulRuns }) => (doubtfulRuns ? `${doubtfulRuns}` : '') },
  ]);
}
