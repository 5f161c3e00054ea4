import type { CpuRates, DropReading, InterfaceRates, LiveRates } from '../host/index.js';
import { tableText } from '../notebook/table-text.js';
import { fateNames } from '../plot/index.js';
import { formatRate } from './format-rate.js';

const cpusShown = 16;
const socketsShown = 5;

/** One interval for a terminal, 100 columns wide: interfaces, CPUs, UDP, sockets that lose, and what the drops mean. */
export function printWatch(rates: LiveRates, readings: readonly DropReading[]): string {
  const busy = busiestCpus(rates.cpus);
  const hidden = rates.cpus.length - busy.length;
  return [
    tableText(rates.interfaces, [
      { label: 'interface', value: 'name' },
      { label: 'rx pps', value: ({ rxPps }) => formatRate(rxPps).padStart(6) },
      { label: 'rx drops/s', value: ({ rxDropsPps }) => formatRate(rxDropsPps).padStart(10) },
      { label: 'busiest queues, or interrupts', value: queuesText },
    ]),
    '',
    tableText(busy, [
      { label: 'CPU', value: ({ cpu }) => String(cpu).padStart(3) },
      ...(['softirq', 'system', 'user', 'steal'] as const).map((name) => ({
        label: `${name} %`,
        value: (row: CpuRates) => percent(row[name]).padStart(name.length + 2),
      })),
      { label: 'softnet pps', value: ({ processedPps }) => formatRate(processedPps).padStart(11) },
      { label: 'dropped/s', value: ({ droppedPps }) => formatRate(droppedPps).padStart(9) },
      { label: 'squeezed/s', value: ({ timeSqueezePerSecond }) => formatRate(timeSqueezePerSecond).padStart(10) },
      { label: 'by RPS/s', value: ({ receivedRpsPps }) => formatRate(receivedRpsPps).padStart(8) },
    ]),
    ...(hidden > 0 ? [`${hidden} quieter CPUs not shown`] : []),
    '',
    ...udpLines(rates),
    ...rates.sockets
      .slice(0, socketsShown)
      .map(
        ({ family, localPort, inode, rxQueueBytes, dropsPps }) =>
          `socket ${family} port ${localPort} (inode ${inode}): ${formatRate(dropsPps)} drops/s, ${rxQueueBytes.toLocaleString('en-US')} bytes waiting`,
      ),
    ...(rates.sockets.length > socketsShown ? [`${rates.sockets.length - socketsShown} more sockets drop`] : []),
    '',
    ...(readings.length
      ? readings.flatMap((reading) => [factOf(reading), `    ${reading.meaning}`, `    try: ${reading.advice}`])
      : ['nothing is dropped']),
  ].join('\n');
}

/** The same where lines are appended: one line of figures, and one for each reading. */
export function printWatchLines({ interfaces, cpus, udpPps }: LiveRates, readings: readonly DropReading[], time: string): string {
  const [busiest] = busiestCpus(cpus.toSorted((one, other) => (other.softirq ?? 0) - (one.softirq ?? 0)));
  return [
    [
      time,
      ...interfaces.filter(({ rxPps = 0, rxDropsPps = 0 }) => rxPps + rxDropsPps > 0).map(({ name, rxPps }) => `${name} ${formatRate(rxPps)} pps`),
      ...(busiest ? [`CPU ${busiest.cpu} ${percent(busiest.softirq)} % softirq`] : []),
      `UDP read ${formatRate(udpPps['Udp.InDatagrams'])}/s, errors ${formatRate(udpPps['Udp.InErrors'])}/s`,
    ].join('  '),
    ...readings.map((reading) => `  ${factOf(reading)}: ${reading.meaning}`),
  ].join('\n');
}

function factOf({ stage, where, counter, value, unit }: DropReading): string {
  const place = { ...fateNames, interface: 'dropped at interface', softirq: 'CPU full', udp: 'other UDP errors' }[stage];
  return `${place}, ${where}: ${counter} ${unit === 'per second' ? `${formatRate(value)}/s` : `${percent(value)} %`}`;
}

/** CPUs in their order; on large hosts only those that receive or are busy. */
function busiestCpus(cpus: readonly CpuRates[]): CpuRates[] {
  if (cpus.length <= cpusShown) return [...cpus];
  const weight = ({ softirq = 0, droppedPps = 0, processedPps = 0 }: CpuRates) => softirq + (droppedPps > 0 ? 1 : 0) + processedPps / 1e6;
  return cpus
    .toSorted((one, other) => weight(other) - weight(one))
    .slice(0, cpusShown)
    .sort((one, other) => one.cpu - other.cpu);
}

function queuesText({ queuesPps, interrupts }: InterfaceRates): string {
  const queues = Object.entries(queuesPps)
    .filter(([, pps]) => pps > 0)
    .sort((one, other) => other[1] - one[1]);
  if (queues.length)
    return `${queues
      .slice(0, 4)
      .map(([queue, pps]) => `rx-${queue} ${formatRate(pps)}`)
      .join(', ')}${queues.length > 4 ? ` and ${queues.length - 4} more` : ''}`;
  return interrupts
    .toSorted((one, other) => other.perSecond - one.perSecond)
    .slice(0, 2)
    .map(({ name, cpu, perSecond }) => `${name.split(' ').at(-1)} ${formatRate(perSecond)} irq/s on CPU ${cpu}`)
    .join(', ');
}

function udpLines({ udpPps }: LiveRates): string[] {
  return ['Udp', 'Udp6'].flatMap((protocol) => {
    const rate = (name: string) => formatRate(udpPps[`${protocol}.${name}`]);
    const isQuiet = Object.entries(udpPps).every(([name, pps]) => !name.startsWith(`${protocol}.`) || pps === 0);
    if (protocol === 'Udp6' && isQuiet) return [];
    return [
      `${protocol} read ${rate('InDatagrams')}/s, no port ${rate('NoPorts')}, send buffer full ${rate('SndbufErrors')}`,
      `${' '.repeat(protocol.length)} in errors ${rate('InErrors')}/s, among them buffer full ${rate('RcvbufErrors')}, checksum ${rate('InCsumErrors')}, memory ${rate('MemErrors')}`,
    ];
  });
}

function percent(share: number | undefined): string {
  return share === undefined ? '–' : (share * 100).toFixed(0);
}
