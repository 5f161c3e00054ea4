import type { Bottleneck } from '../experiment/index.js';
import { escapeXml } from '../plot/escape-xml.js';
import { formatError } from '../plot/format-error.js';
import { formatKpps } from '../plot/format-kpps.js';
import { shortenText } from '../plot/shorten-text.js';
import { wrapText } from '../plot/wrap-text.js';
import type { ArticleCase } from './explore-data.js';
import { figure } from './figure.js';
import { isNarrow } from './is-narrow.js';
import { textLabel } from './text-label.js';

/** One row of the article with what the model says for the reader's costs. */
export interface ArticleBar extends ArticleCase {
  predictedPps: number;
  limiting: Bottleneck;
  isChosen: boolean;
  /** What the fitted costs gave, and what limited it. */
  fitted: { predictedPps: number; limiting: Bottleneck };
}

/** The axis stays while bars move, so that a change is seen as a change; a bar past it ends in an arrow. */
const highestPps = 1.8e6;
const tickPps = 300e3;

/** Draws published ticks over predicted bars, one configuration a row. */
export function articleBars(bars: readonly ArticleBar[], widthPx: number, alt: string): string {
  const narrow = isNarrow(widthPx);
  const rowPx = narrow ? 34 : 30;
  const topPx = 44;
  const leftPx = narrow ? 4 : 232;
  const rightPx = narrow ? widthPx - 8 : widthPx - 196;
  const xPx = (pps: number) => leftPx + (Math.min(pps, highestPps) / highestPps) * (rightPx - leftPx);
  const heightPx = topPx + bars.length * rowPx + 8;
  const ticks = Array.from({ length: highestPps / tickPps + 1 }, (_, index) => index * tickPps);
  const axis = ticks
    .filter((_, index) => xPx(tickPps) - leftPx > 44 || index % 2 === 0)
    .map(
      (pps) =>
        `<path class="grid" d="M${xPx(pps)},${topPx - 6}V${heightPx - 4}"/>${textLabel(formatKpps(pps), xPx(pps), topPx - 10, { anchor: pps === 0 ? 'start' : pps === highestPps ? 'end' : 'middle', style: 'muted small' })}`,
    )
    .join('');
  const keyPx = narrow ? 168 : 290;
  const key = `<g class="small"><path class="published" d="M4,6v12"/>${textLabel('published', 12, 16)}<rect class="delivered" x="76" y="8" width="16" height="8"/>${textLabel(`predicted${narrow ? '' : ', k packets per second'}`, 97, 16)}<path class="was" d="M${keyPx},6v12"/>${textLabel('by the fitted costs', keyPx + 8, 16)}</g>`;
  const header = narrow
    ? ''
    : textLabel('predicted', rightPx + 66, topPx - 10, { anchor: 'end', style: 'muted small' }) +
      textLabel('error', rightPx + 124, topPx - 10, { anchor: 'end', style: 'muted small' }) +
      textLabel('limited by', rightPx + 136, topPx - 10, { style: 'muted small' });
  const rows = bars.map((bar, index) => drawRow(bar, topPx + index * rowPx, { narrow, rowPx, leftPx, rightPx, widthPx, xPx })).join('');
  return figure(key + axis + header + rows, widthPx, heightPx, alt);
}

interface Frame {
  narrow: boolean;
  rowPx: number;
  leftPx: number;
  rightPx: number;
  widthPx: number;
  xPx: (pps: number) => number;
}

function drawRow({ experiment, published, predictedPps, limiting, isChosen, fitted }: ArticleBar, yPx: number, frame: Frame): string {
  const { narrow, rowPx, leftPx, rightPx, widthPx, xPx } = frame;
  const barPx = narrow ? yPx + 18 : yPx + rowPx / 2 - 5;
  const error = predictedPps / published.value - 1;
  const limitStyle = limiting === fitted.limiting ? 'muted' : 'strong lost';
  const wrong = Math.abs(error) > 0.1 ? 'lost strong' : '';
  const title = narrow
    ? textLabel(shortenText(experiment.title, widthPx - 150, 11), leftPx, yPx + 13, { style: 'small' })
    : wrapText(experiment.title, leftPx - 20, 12, 2)
        .map((line, at, lines) => textLabel(line, leftPx - 10, yPx + rowPx / 2 + 4 + (at - (lines.length - 1) / 2) * 13, { anchor: 'end' }))
        .join('');
  const figures = narrow
    ? textLabel(`${formatKpps(predictedPps)} k`, widthPx - 88, yPx + 13, { anchor: 'end', style: 'small number' }) +
      textLabel(formatError(error), widthPx - 42, yPx + 13, { anchor: 'end', style: `small number ${wrong}` }) +
      textLabel(limiting, widthPx - 2, yPx + 13, { anchor: 'end', style: `small ${limitStyle}` })
    : textLabel(`${formatKpps(predictedPps)} k`, rightPx + 66, barPx + 9, { anchor: 'end', style: 'number' }) +
      textLabel(formatError(error), rightPx + 124, barPx + 9, { anchor: 'end', style: `number ${wrong}` }) +
      textLabel(limiting, rightPx + 136, barPx + 9, { style: limitStyle });
  const moved = Math.abs(predictedPps / fitted.predictedPps - 1) > 1e-9 ? `<path class="was" d="M${xPx(fitted.predictedPps)},${barPx - 1}v12"/>` : '';
  const beyond = predictedPps > highestPps ? `<path class="delivered" d="M${rightPx},${barPx - 3}l9,8l-9,8z"/>` : '';
  const range =
    published.high > published.low
      ? `<path class="range" d="M${xPx(published.low)},${barPx + 5}H${xPx(published.high)}M${xPx(published.low)},${barPx + 1}v8M${xPx(published.high)},${barPx + 1}v8"/>`
      : '';
  const chosen = isChosen ? `<rect class="chosen" x="0" y="${yPx + 1}" width="${widthPx}" height="${rowPx - 2}" rx="3"/>` : '';
  return (
    `<g><title>${escapeXml(`${experiment.title}: published ${published.upTo ? 'up to ' : ''}${formatKpps(published.value)} k, predicted ${formatKpps(predictedPps)} k, limited by ${limiting}`)}</title>` +
    `${chosen}${title}<rect class="delivered" x="${leftPx}" y="${barPx}" width="${xPx(predictedPps) - leftPx}" height="10"/>${beyond}${range}${moved}` +
    `<path class="published" d="M${xPx(published.value)},${barPx - 4}v18"/>${figures}</g>`
  );
}
