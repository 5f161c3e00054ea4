import { formatPercent } from '../plot/format-percent.js';
import { textWidthPx } from '../plot/text-width.js';
import type { StreamPlace } from './path-layout.js';
import { textLabel } from './text-label.js';

/** Packets on their way from one place down to another, as wide as their rate, with a dotted line that flows. */
export function stream(from: StreamPlace, topPx: number, to: StreamPlace, bottomPx: number): string {
  if (to.widthPx <= 0) return '';
  const middlePx = (topPx + bottomPx) / 2;
  // Thinner streams would not be seen.
  const halfPx = Math.max(to.widthPx, 1.2) / 2;
  const [fromPx, toPx] = [from.centrePx, to.centrePx];
  const edge = (side: number) => `${fromPx + side},${topPx}C${fromPx + side},${middlePx},${toPx + side},${middlePx},${toPx + side},${bottomPx}`;
  const back = `L${toPx + halfPx},${bottomPx}C${toPx + halfPx},${middlePx},${fromPx + halfPx},${middlePx},${fromPx + halfPx},${topPx}z`;
  const flow = to.widthPx > 4 ? `<path class="flow" d="M${edge(0)}"/>` : '';
  return `<path class="stream" d="M${edge(-halfPx)}${back}"/>${flow}`;
}

/** Packets that run over: they leave their place to the right and fade. `loss` is the class of the place of loss. */
export function spill(leftPx: number, topPx: number, widthPx: number, loss: string): string {
  if (widthPx < 0.3) return '';
  const shownPx = Math.max(widthPx - 2, 1.5);
  const [bendPx, downPx, steps] = [16, 30, 5];
  const parts = Array.from({ length: steps }, (_, step) => {
    const [fromPx, toPx] = [(step / steps) * downPx, ((step + 1) / steps) * downPx];
    const lean = (yPx: number) => leftPx + 2 + bendPx * (yPx / downPx) ** 2;
    return `<path class="${loss}" opacity="${1 - step / steps}" d="M${lean(fromPx)},${topPx + fromPx}L${lean(toPx)},${topPx + toPx}h${shownPx}L${lean(fromPx) + shownPx},${topPx + fromPx}z"/>`;
  });
  return parts.join('');
}

/** Where the picture begins and ends. */
export function endBox({ centrePx, widthPx }: StreamPlace, topPx: number, heightPx: number, label: string): string {
  const shownPx = Math.max(widthPx + 10, 84);
  return `<rect class="box" x="${centrePx - shownPx / 2}" y="${topPx}" width="${shownPx}" height="${heightPx}" rx="5"/>${textLabel(label, centrePx, topPx + heightPx / 2 + 4, { anchor: 'middle', style: 'small' })}`;
}

/** A place where packets wait, filled from below. */
export function queueBox({ centrePx, widthPx }: StreamPlace, topPx: number, heightPx: number, fill: number, label: string): string {
  const leftPx = centrePx - widthPx / 2;
  const fillPx = Math.min(1, fill) * heightPx;
  return (
    `<rect class="box" x="${leftPx}" y="${topPx}" width="${widthPx}" height="${heightPx}" rx="3"/>` +
    `<rect class="${fill >= 1 ? 'overfull' : 'waiting'}" x="${leftPx + 1}" y="${topPx + heightPx - fillPx}" width="${widthPx - 2}" height="${fillPx}" rx="2"/>` +
    twoLines(label, fill >= 1 ? 'full' : formatPercent(fill), centrePx, topPx, widthPx)
  );
}

/** A CPU at work, filled as far as it is busy; the application's own work is a shade of its own. */
export function gauge(
  { centrePx, widthPx }: StreamPlace,
  topPx: number,
  heightPx: number,
  { busy, working, isLimit, label }: { busy: number; working: number; isLimit: boolean; label: string },
): string {
  const leftPx = centrePx - widthPx / 2;
  const rect = (style: string, yPx: number, tallPx: number) =>
    `<rect class="${style}" x="${leftPx}" y="${yPx}" width="${widthPx}" height="${tallPx}" rx="6"/>`;
  const bar = (share: number, style: string, fromPx: number) =>
    share <= 0 ? '' : rect(style, topPx + heightPx - fromPx - share * heightPx, share * heightPx);
  const own = Math.min(1, working);
  const kernel = Math.max(0, Math.min(1, busy) - own);
  const isFull = busy > 0.97;
  return (
    rect('box', topPx, heightPx) +
    bar(kernel, isFull ? 'hot' : 'busy', 0) +
    bar(own, 'working', kernel * heightPx) +
    rect(isLimit && isFull ? 'outline limit' : 'outline', topPx, heightPx) +
    twoLines(label, formatPercent(busy), centrePx, topPx, widthPx)
  );
}

function twoLines(label: string, figure: string, centrePx: number, topPx: number, widthPx: number): string {
  // The number alone where the whole label does not fit.
  const shown = textWidthPx(label, 11) > widthPx - 4 ? (label.split(' ').pop() ?? label) : label;
  return (
    textLabel(shown, centrePx, topPx + 18, { anchor: 'middle', style: 'small' }) +
    textLabel(figure, centrePx, topPx + 34, { anchor: 'middle', style: 'small number' })
  );
}
