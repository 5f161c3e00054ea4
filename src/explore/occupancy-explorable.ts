import { hashCollision } from '../model/formulas/hash-collision.js';
import { occupancy } from '../model/formulas/occupancy.js';
import { RandomStream } from '../model/simulate/random-stream.js';
import { formatPercent } from '../plot/format-percent.js';
import type { Settings } from './control.js';
import type { Explorable } from './explorable.js';
import { figure } from './figure.js';
import { isNarrow } from './is-narrow.js';
import { textLabel } from './text-label.js';

/** How many of k queues n flows reach when a hash that nobody chose spreads them. */
export const occupancyExplorable: Explorable = {
  name: 'occupancy',
  title: 'How likely is an idle queue?',
  question: 'Four flows, four queues: is one queue each the usual case?',
  invitation: 'Add flows until no queue is likely to be idle.',
  usesArticle: false,
  controls: () => [
    { kind: 'range', name: 'flows', label: 'flows', low: 1, high: 40, step: 1, initial: 4, scale: 'linear', format: (flows) => `${flows}` },
    {
      kind: 'range',
      name: 'queues',
      label: 'queues or sockets',
      low: 1,
      high: 16,
      step: 1,
      initial: 4,
      scale: 'linear',
      format: (queues) => `${queues}`,
    },
    {
      kind: 'range',
      name: 'boot',
      label: 'boot again (a new key)',
      low: 1,
      high: 100,
      step: 1,
      initial: 1,
      scale: 'linear',
      format: (boot) => `no. ${boot}`,
    },
  ],
  draw(settings, widthPx) {
    const { flows, queues } = numbers(settings);
    const busy = occupancy(flows, queues);
    const idle = 1 - (busy[queues] ?? 0);
    const mean = busy.reduce((sum, probability, count) => sum + probability * count, 0);
    const sentence =
      `${count(flows, 'flow')} on ${count(queues, 'queue')}: at least one queue is idle with probability ${formatPercent(idle)}, ` +
      `two flows share a queue with probability ${formatPercent(hashCollision(flows, queues))}; ${mean.toFixed(2)} queues work on average.`;
    return {
      svg: draw(settings, busy, widthPx, sentence),
      card: `<p>${sentence}</p><p class="muted">Every flow takes a queue at random, each alike: what RSS does under a key drawn at boot, and SO_REUSEPORT under its secret.</p>`,
    };
  },
};

function numbers({ flows, queues, boot }: Settings) {
  return { flows: Number(flows), queues: Number(queues), boot: Number(boot) };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function draw(settings: Settings, busy: readonly number[], widthPx: number, alt: string): string {
  const { queues } = numbers(settings);
  const [topPx, chartPx] = [26, 150];
  const shown = busy.slice(1);
  const slotPx = Math.min(110, widthPx / shown.length);
  const leftPx = 0;
  const bars = shown.map((probability, index) => {
    const heightPx = probability * (chartPx - 20);
    const xPx = leftPx + index * slotPx;
    const yPx = topPx + chartPx - heightPx;
    const label =
      probability > 0 && slotPx > 21
        ? textLabel(formatPercent(probability).replace(' %', ''), xPx + slotPx / 2, yPx - 4, { anchor: 'middle', style: 'small number' })
        : '';
    return `<rect class="${index + 1 === queues ? 'delivered' : 'lost-socketBuffer'}" x="${xPx + 2}" y="${yPx}" width="${slotPx - 4}" height="${heightPx}"/>${label}${textLabel(`${index + 1}`, xPx + slotPx / 2, topPx + chartPx + 16, { anchor: 'middle', style: 'small' })}`;
  });
  const throws = drawThrows(settings, widthPx, topPx + chartPx + 58);
  return figure(
    textLabel('probability that so many queues work, %', 0, 14, { style: 'strong' }) +
      `<path class="axis" d="M${leftPx},${topPx + chartPx}h${slotPx * shown.length}"/>` +
      bars.join('') +
      textLabel('twelve boots: a dot is a flow', 0, topPx + chartPx + 44, { style: 'strong' }) +
      throws.svg,
    widthPx,
    throws.bottomPx + 4,
    alt,
  );
}

/** Twelve throws of all flows, each queue a box with its flows as dots. */
function drawThrows(settings: Settings, widthPx: number, topPx: number): { svg: string; bottomPx: number } {
  const { flows, queues, boot } = numbers(settings);
  const columns = isNarrow(widthPx) ? 2 : 4;
  const cellPx = (widthPx - (columns - 1) * 18) / columns;
  const boxPx = Math.min(36, cellPx / queues);
  const rowPx = 46;
  const random = new RandomStream(boot);
  const throws = Array.from({ length: 12 }, (_, index) => {
    const loads = new Array<number>(queues).fill(0);
    for (let flow = 0; flow < flows; flow++) {
      const queue = Math.floor(random.uniform() * queues);
      loads[queue] = (loads[queue] ?? 0) + 1;
    }
    const xPx = (index % columns) * (cellPx + 18);
    const yPx = topPx + Math.floor(index / columns) * rowPx;
    return loads.map((load, queue) => drawBox(load, xPx + queue * boxPx, yPx, boxPx)).join('');
  });
  return { svg: throws.join(''), bottomPx: topPx + Math.ceil(12 / columns) * rowPx };
}

function drawBox(load: number, xPx: number, yPx: number, boxPx: number): string {
  const heightPx = 36;
  const radiusPx = Math.max(1.2, Math.min(3.2, boxPx / 5));
  const across = Math.max(1, Math.floor((boxPx - 4) / (2 * radiusPx + 1)));
  const down = Math.floor((heightPx - 4) / (2 * radiusPx + 1));
  const dots = Array.from({ length: Math.min(load, across * down) }, (_, dot) => {
    const [column, row] = [dot % across, Math.floor(dot / across)];
    const inRow = Math.min(across, load - row * across);
    return `<circle class="delivered" cx="${xPx + boxPx / 2 + (column - (inRow - 1) / 2) * (2 * radiusPx + 1)}" cy="${yPx + heightPx - 3 - radiusPx - row * (2 * radiusPx + 1)}" r="${radiusPx}"/>`;
  });
  return `<rect class="${load === 0 ? 'idle' : 'box'}" x="${xPx + 1}" y="${yPx}" width="${boxPx - 2}" height="${heightPx}" rx="2"/>${dots.join('')}`;
}
