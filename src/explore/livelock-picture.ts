import { formatKpps } from '../plot/format-kpps.js';
import { figure } from './figure.js';
import { isNarrow } from './is-narrow.js';
import { textLabel } from './text-label.js';

/** What becomes of one offered load. */
export interface LivelockPoint {
  offeredPps: number;
  deliveredPps: number;
  nicRingPps: number;
  socketBufferPps: number;
}

/** Draws delivered packets and, stacked on them up to what was offered, the losses; the present point stands out. */
export function livelockPicture(curve: readonly LivelockPoint[], now: LivelockPoint, widthPx: number, alt: string): string {
  const heightPx = isNarrow(widthPx) ? 300 : 360;
  const [leftPx, topPx, rightPx, bottomPx] = [44, 46, widthPx - 12, heightPx - 40];
  const highest = Math.max(...curve.map(({ offeredPps }) => offeredPps));
  const xPx = (pps: number) => leftPx + (pps / highest) * (rightPx - leftPx);
  const yPx = (pps: number) => bottomPx - (pps / highest) * (bottomPx - topPx);
  const origin: LivelockPoint = { offeredPps: 0, deliveredPps: 0, nicRingPps: 0, socketBufferPps: 0 };
  const points = [origin, ...curve];
  const stack = (point: LivelockPoint) => [0, point.deliveredPps, point.deliveredPps + point.socketBufferPps, point.offeredPps];
  const area = (layer: number, style: string) => {
    const along = (edge: number) => points.map((point) => `${xPx(point.offeredPps)},${yPx(stack(point)[edge] ?? 0)}`);
    return `<path class="${style}" d="M${along(layer + 1).join('L')}L${along(layer).reverse().join('L')}z"/>`;
  };
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * highest);
  const grid = ticks
    .map(
      (pps) =>
        `<path class="grid" d="M${leftPx},${yPx(pps)}H${rightPx}"/>${textLabel(formatKpps(pps), leftPx - 6, yPx(pps) + 4, { anchor: 'end', style: 'small muted' })}${textLabel(formatKpps(pps), xPx(pps), bottomPx + 16, { anchor: pps === highest ? 'end' : 'middle', style: 'small muted' })}`,
    )
    .join('');
  const short = isNarrow(widthPx);
  const key = [
    { style: 'delivered', label: 'delivered', leftPx: 0 },
    { style: 'lost-socketBuffer', label: short ? 'lost at the socket' : 'lost at the socket buffer', leftPx: 78 },
    { style: 'lost-nicRing', label: short ? 'in the ring' : 'lost in the RX ring', leftPx: short ? 208 : 254 },
  ];
  const keyRow = key
    .map(
      ({ style, label, leftPx: keyPx }) =>
        `<rect class="${style}" x="${keyPx}" y="4" width="11" height="11"/>${textLabel(label, keyPx + 15, 14, { style: 'small' })}`,
    )
    .join('');
  return figure(
    keyRow +
      textLabel('delivered ↑', 0, 36, { style: 'small muted' }) +
      grid +
      area(0, 'delivered') +
      area(1, 'lost-socketBuffer') +
      area(2, 'lost-nicRing') +
      drawNow(now, { xPx, yPx, rightPx, topPx, bottomPx }) +
      textLabel('offered, k packets per second →', (leftPx + rightPx) / 2, heightPx - 6, { anchor: 'middle', style: 'small muted' }),
    widthPx,
    heightPx,
    alt,
  );
}

interface Scales {
  xPx: (pps: number) => number;
  yPx: (pps: number) => number;
  rightPx: number;
  topPx: number;
  bottomPx: number;
}

function drawNow({ offeredPps, deliveredPps }: LivelockPoint, { xPx, yPx, rightPx, bottomPx }: Scales): string {
  const [atX, atY] = [xPx(offeredPps), yPx(deliveredPps)];
  const anchor = atX > rightPx - 90 ? 'end' : 'start';
  const label = `${formatKpps(deliveredPps)} k delivered`;
  return (
    `<path class="now" d="M${atX},${bottomPx}V${yPx(offeredPps)}"/><circle class="now-dot" cx="${atX}" cy="${atY}" r="6"/>` +
    textLabel(label, atX + (anchor === 'end' ? -10 : 10), atY - 9, { anchor, style: 'strong halo' })
  );
}
