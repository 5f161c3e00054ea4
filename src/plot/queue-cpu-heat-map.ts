import * as Plot from '@observablehq/plot';
import type { CpuOutcome, QueueOutcome } from '../experiment/index.js';
import { formatKpps } from './format-kpps.js';
import { formatPercent } from './format-percent.js';
import { palette } from './palette.js';
import { requireRate, requireRows } from './require-rows.js';
import { svg } from './svg.js';

/** What the chart is of. */
export interface QueueCpuHeatMapOptions {
  heading: string;
}

const anyCpu = 'any';
const shares = [
  { label: 'softirq', of: ({ softirq }: CpuOutcome) => softirq },
  { label: 'everything else', of: ({ softirq, idle }: CpuOutcome) => 1 - softirq - idle },
] as const;

/**
 * Draws which CPU serves which RX queue, and how many packets a second, as a heat map; beside each queue what its ring lost, under each CPU how its
 * time went. CPUs that neither serve a queue nor work are left out.
 * @param outcome predicted, simulated or measured
 * @throws RangeError when there are no queues, or a figure is negative or not finite
 * @example queueCpuHeatMap(predict(article.experiments['two-ips'], article.host), { heading: 'Two queues' })
 */
export function queueCpuHeatMap(
  { queues, cpus }: { queues: readonly QueueOutcome[]; cpus: readonly CpuOutcome[] },
  { heading }: QueueCpuHeatMapOptions,
): string {
  requireRows('queueCpuHeatMap', queues, ['offeredPps', 'servicedPps']);
  cpus.forEach(({ softirq, idle }, at) => {
    requireRate('queueCpuHeatMap', `cpus[${at}].softirq`, softirq);
    requireRate('queueCpuHeatMap', `cpus[${at}].idle`, idle);
  });
  const serving = new Set(queues.map(({ cpu }) => cpu));
  const shown = cpus.filter(({ cpu, idle }) => serving.has(cpu) || idle < 0.995);
  const columns = [...new Set([...serving, ...shown.map(({ cpu }) => cpu)])].sort((a, b) => (a ?? 1e9) - (b ?? 1e9)).map(cpuName);
  const queueRows = [...queues].sort((a, b) => a.queue - b.queue);
  const names = [...queueRows.map(queueName), ...shares.map(({ label }) => label)];
  const packets = queueRows.map((one) => ({
    row: queueName(one),
    column: cpuName(one.cpu),
    heat: one.servicedPps,
    text: formatKpps(one.servicedPps),
  }));
  const most = Math.max(...packets.map(({ heat }) => heat), 1);
  const times = shown.flatMap((cpu) =>
    shares.map(({ label, of }) => ({ row: label, column: cpuName(cpu.cpu), heat: Math.max(0, of(cpu)), text: formatPercent(Math.max(0, of(cpu))) })),
  );
  const cells = [
    ...packets.map((cell) => ({ ...cell, fill: tint(palette.predicted, cell.heat / most), dark: cell.heat / most > 0.55 })),
    ...times.map((cell) => ({ ...cell, fill: tint(palette.measured, cell.heat), dark: cell.heat > 0.75 })),
  ];
  const empty = names.flatMap((row) => columns.map((column) => ({ row, column })));
  const lost = queueRows.map((one) => ({ row: queueName(one), text: fateOf(one) }));
  return svg({
    heading,
    alt: `${heading}. ${sentence(queueRows, shown)}`,
    legend: [
      { label: 'k packets a second taken from the queue', shape: 'area', colour: tint(palette.predicted, 0.8) },
      { label: "share of the CPU's time", shape: 'area', colour: tint(palette.measured, 0.8) },
    ],
    height: 62 + 34 * names.length,
    marginLeft: 130,
    marginRight: 250,
    marginTop: 44,
    x: { type: 'band', domain: columns, label: 'CPU', labelAnchor: 'center', labelArrow: 'none', axis: 'top', tickSize: 0, padding: 0.04 },
    y: { type: 'band', domain: names, label: null, tickSize: 0, padding: 0.06 },
    marks: [
      Plot.cell(empty, { x: 'column', y: 'row', fill: '#f4f4f4' }),
      Plot.cell(cells, { x: 'column', y: 'row', fill: 'fill' }),
      Plot.text(cells, { x: 'column', y: 'row', text: 'text', fill: ({ dark }: { dark: boolean }) => (dark ? palette.paper : palette.ink) }),
      Plot.text(lost, { y: 'row', text: 'text', frameAnchor: 'right', textAnchor: 'start', dx: 12, fill: palette.ink }),
    ],
  });
}

function cpuName(cpu: number | null): string {
  return cpu === null ? anyCpu : `${cpu}`;
}

function queueName({ queue }: QueueOutcome): string {
  return `queue ${queue}`;
}

function fateOf({ offeredPps, servicedPps }: QueueOutcome): string {
  const lostPps = Math.max(0, offeredPps - servicedPps);
  return `${formatKpps(offeredPps)} k offered, ${lostPps / Math.max(1, offeredPps) < 0.005 ? 'none' : `${formatKpps(lostPps)} k`} lost`;
}

function sentence(queues: readonly QueueOutcome[], cpus: readonly CpuOutcome[]): string {
  const served = queues.map((one) => `${queueName(one)} on CPU ${cpuName(one.cpu)}: ${formatKpps(one.servicedPps)} k pps taken of ${fateOf(one)}.`);
  const busy = cpus.map(({ cpu, softirq, idle }) => `CPU ${cpu}: softirq ${formatPercent(softirq)}, idle ${formatPercent(idle)}.`);
  return [...served, ...busy].join(' ');
}

/** The colour on white, as strong as `share` says; never quite white, so that a small figure still has a cell. */
function tint(colour: string, share: number): string {
  const strength = 0.12 + 0.88 * Math.min(1, Math.max(0, share));
  const channel = (at: number) => Math.round(255 - strength * (255 - Number.parseInt(colour.slice(at, at + 2), 16)));
  return `#${[1, 3, 5].map((at) => channel(at).toString(16).padStart(2, '0')).join('')}`;
}
