import { escapeXml } from './escape-xml.js';
import { palette } from './palette.js';
import { textWidthPx } from './text-width.js';

/** How the sample beside an entry of the legend is drawn. */
export type LegendShape = 'area' | 'band' | 'dot' | 'ring' | 'diamond' | 'tick' | 'whisker' | 'line' | 'dashed' | 'hatch';

/** One entry of a legend. */
export interface LegendEntry {
  label: string;
  shape: LegendShape;
  colour: string;
}

const rowPx = 20;
const fontPx = 12;
const samplePx = 20;

/** Draws a legend from left to right, in as many rows as the width needs. Returns its SVG and its height in pixels. */
export function legend(entries: readonly LegendEntry[], leftPx: number, topPx: number, rightPx: number): { svg: string; heightPx: number } {
  let xPx = leftPx;
  let row = 0;
  const parts = entries.map((entry) => {
    const widthPx = samplePx + 6 + textWidthPx(entry.label, fontPx) + 14;
    if (xPx > leftPx && xPx + widthPx > rightPx + 14) {
      xPx = leftPx;
      row += 1;
    }
    const yPx = topPx + row * rowPx + rowPx / 2;
    const part = `${sample(entry, xPx, yPx)}<text x="${xPx + samplePx + 6}" y="${yPx + 4}" fill="${palette.ink}" font-size="${fontPx}">${escapeXml(entry.label)}</text>`;
    xPx += widthPx;
    return part;
  });
  return { svg: `<g class="legend">${parts.join('')}</g>`, heightPx: entries.length === 0 ? 0 : (row + 1) * rowPx };
}

function sample({ shape, colour }: LegendEntry, xPx: number, yPx: number): string {
  const middlePx = xPx + samplePx / 2;
  const rightPx = xPx + samplePx;
  switch (shape) {
    case 'area':
      return `<rect x="${xPx + 3}" y="${yPx - 7}" width="14" height="14" fill="${colour}"/>`;
    case 'hatch':
      return `<rect x="${xPx + 3}" y="${yPx - 7}" width="14" height="14" fill="url(#mpps-hatch)" stroke="${colour}"/>`;
    case 'band':
      return `<rect x="${xPx}" y="${yPx - 4}" width="${samplePx}" height="8" fill="${colour}"/>`;
    case 'dot':
      return `<circle cx="${middlePx}" cy="${yPx}" r="5" fill="${colour}" stroke="${palette.paper}"/>`;
    case 'ring':
      return `<circle cx="${middlePx}" cy="${yPx}" r="4.5" fill="${palette.paper}" stroke="${colour}" stroke-width="2"/>`;
    case 'diamond':
      return `<path d="M${middlePx},${yPx - 7}l5,7l-5,7l-5,-7z" fill="${colour}" stroke="${palette.paper}"/>`;
    case 'tick':
      return `<path d="M${middlePx},${yPx - 7}v14" stroke="${colour}" stroke-width="3"/>`;
    case 'whisker':
      return `<path d="M${xPx + 1},${yPx}H${rightPx - 1}M${xPx + 1},${yPx - 4}v8M${rightPx - 1},${yPx - 4}v8" stroke="${colour}" stroke-width="1.5" fill="none"/>`;
    case 'line':
      return `<path d="M${xPx},${yPx}H${rightPx}" stroke="${colour}" stroke-width="2.5"/>`;
    case 'dashed':
      return `<path d="M${xPx},${yPx}H${rightPx}" stroke="${colour}" stroke-width="2.5" stroke-dasharray="5 3"/>`;
  }
}
