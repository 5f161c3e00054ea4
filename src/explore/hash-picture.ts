import { shortenText } from '../plot/shorten-text.js';
import { figure } from './figure.js';
import { isNarrow } from './is-narrow.js';
import { textLabel } from './text-label.js';

/** Every step from a header to a queue. */
export interface HashSteps {
  fields: { name: string; value: string; bytes: number[]; isHashed: boolean }[];
  /** 32 bits, unsigned. */
  hash: number;
  /** Queue of each entry of the indirection table. */
  table: readonly number[];
  /** Entry at the low bits of the hash. */
  entry: number;
  queue: number;
  neighbours: { address: string; queue: number }[];
}

const columns = 16;

/** Draws header bits, hash bits, the indirection table and where neighbouring addresses go. */
export function hashPicture(steps: HashSteps, widthPx: number, alt: string): string {
  const narrow = isNarrow(widthPx);
  const bitPx = narrow ? Math.floor((widthPx - 2) / 32) : Math.min(13, Math.floor((widthPx * 0.56) / 32));
  const header = drawHeader(steps, bitPx);
  const hash = drawHash(steps, header.bottomPx + 26, bitPx);
  const gridLeftPx = narrow ? 0 : 32 * bitPx + 36;
  const gridTopPx = narrow ? hash.bottomPx + 26 : 18;
  const cellPx = Math.min(20, Math.floor((widthPx - gridLeftPx - 2) / columns));
  const grid = drawTable(steps, gridLeftPx, gridTopPx, cellPx);
  const belowPx = Math.max(grid.bottomPx, hash.bottomPx) + 26;
  const neighbours = drawNeighbours(steps, belowPx, widthPx);
  return figure(header.svg + hash.svg + grid.svg + neighbours.svg, widthPx, neighbours.bottomPx + 6, alt);
}

interface Part {
  svg: string;
  bottomPx: number;
}

function drawHeader({ fields }: HashSteps, bitPx: number): Part {
  let yPx = 14;
  const parts = fields.map(({ name, value, bytes, isHashed }) => {
    const title = `${name} ${shortenText(value, 32 * bitPx - 190, 12)}${isHashed ? '' : ' (not hashed)'}`;
    let svg = textLabel(title, 0, yPx, { style: isHashed ? '' : 'muted' });
    for (let at = 0; at < bytes.length; at += 4) {
      svg += bitCells(bytes.slice(at, at + 4), 0, yPx + 6, bitPx, isHashed ? 'bit' : 'bit unused');
      yPx += bitPx + 10;
    }
    yPx += 20;
    return svg;
  });
  return { svg: parts.join(''), bottomPx: yPx - 26 };
}

function drawHash({ hash, table, entry }: HashSteps, topPx: number, bitPx: number): Part {
  const used = Math.log2(table.length);
  const bytes = [24, 16, 8, 0].map((shift) => (hash >>> shift) & 255);
  const usedPx = used * bitPx;
  const svg =
    textLabel(`Toeplitz hash 0x${hash.toString(16).padStart(8, '0')}`, 0, topPx, { style: 'strong' }) +
    bitCells(bytes, 0, topPx + 6, bitPx, 'bit') +
    `<rect class="ring" x="${32 * bitPx - usedPx}" y="${topPx + 5}" width="${usedPx}" height="${bitPx + 2}"/>` +
    textLabel(`low ${used} bits = ${entry}`, 32 * bitPx, topPx + bitPx + 22, { anchor: 'end' });
  return { svg, bottomPx: topPx + bitPx + 24 };
}

/** Bits as cells, those of each value in one path: a picture in a notebook should be small. */
function bitCells(bytes: readonly number[], leftPx: number, topPx: number, bitPx: number, style: string): string {
  const bits = bytes.flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (byte >> (7 - bit)) & 1));
  const cells = (value: number) =>
    bits.map((bit, at) => (bit === value ? `M${leftPx + at * bitPx + 0.5},${topPx}h${bitPx - 1}v${bitPx}h${1 - bitPx}z` : '')).join('');
  const digits = (value: number) =>
    bits.map((bit, at) => (bit === value ? `<text x="${leftPx + (at + 0.5) * bitPx}" y="${topPx + bitPx / 2 + 3.5}">${bit}</text>` : '')).join('');
  const text = (value: number, colour: string) => (bitPx < 11 ? '' : `<g class="tiny${colour}" text-anchor="middle">${digits(value)}</g>`);
  return `<path class="${style}" d="${cells(0)}"/><path class="${style} set" d="${cells(1)}"/>${text(0, '')}${text(1, ' on-set')}`;
}

function drawTable({ table, entry, queue }: HashSteps, leftPx: number, topPx: number, cellPx: number): Part {
  const queues = Math.max(...table) + 1;
  const places = table.map((to, at) => ({
    to,
    xPx: leftPx + (at % columns) * cellPx,
    yPx: topPx + 24 + Math.floor(at / columns) * cellPx,
  }));
  const [insidePx, middlePx] = [cellPx - 1, cellPx / 2];
  const cells = Array.from({ length: queues }, (_, of) => {
    const path = places.map(({ to, xPx, yPx }) => (to === of ? `M${xPx},${yPx}h${insidePx}v${insidePx}h${-insidePx}z` : '')).join('');
    return `<path style="fill:${queueColour(of, queues)}" d="${path}"/>`;
  });
  const numbers = places.map(({ to, xPx, yPx }) => `<text x="${xPx + middlePx - 0.5}" y="${yPx + middlePx + 3}">${to}</text>`);
  const [atX, atY] = [leftPx + (entry % columns) * cellPx, topPx + 24 + Math.floor(entry / columns) * cellPx];
  const bottomPx = topPx + 24 + Math.ceil(table.length / columns) * cellPx;
  const svg =
    textLabel(`indirection table: entry ${entry} → queue ${queue}`, leftPx, topPx + 12, { style: 'strong' }) +
    `${cells.join('')}<g class="tiny on-colour" text-anchor="middle">${numbers.join('')}</g>` +
    `<rect class="ring" x="${atX - 1.5}" y="${atY - 1.5}" width="${cellPx + 2}" height="${cellPx + 2}"/>`;
  return { svg, bottomPx };
}

function drawNeighbours({ neighbours, table }: HashSteps, topPx: number, widthPx: number): Part {
  const queues = Math.max(...table) + 1;
  const across = isNarrow(widthPx) ? 8 : 16;
  const stepPx = Math.min(44, widthPx / across);
  const chips = neighbours.map(({ address, queue }, at) => {
    const [xPx, yPx] = [(at % across) * stepPx, topPx + 10 + Math.floor(at / across) * 44];
    const last = address.includes(':') ? address : `.${address.split('.')[3] ?? ''}`;
    return `<rect x="${xPx}" y="${yPx}" width="${stepPx - 4}" height="22" rx="3" style="fill:${queueColour(queue, queues)}"/>${textLabel(`${queue}`, xPx + stepPx / 2 - 2, yPx + 15, { anchor: 'middle', style: 'on-colour' })}${textLabel(last, xPx + stepPx / 2 - 2, yPx + 35, { anchor: 'middle', style: 'small muted' })}`;
  });
  const rows = Math.ceil(neighbours.length / across);
  return { svg: textLabel('queues of the destinations about it', 0, topPx, { style: 'strong' }) + chips.join(''), bottomPx: topPx + 10 + rows * 44 };
}

/** A hue for each queue; the number in the cell says the same to those who see no hue. */
function queueColour(queue: number, queues: number): string {
  return `hsl(${Math.round((queue * 360) / queues + 205) % 360} 52% ${queue % 2 ? 72 : 62}%)`;
}
