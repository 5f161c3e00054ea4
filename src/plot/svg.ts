import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { escapeXml } from './escape-xml.js';
import { type LegendEntry, legend } from './legend.js';
import { palette } from './palette.js';
import { fontFamily, picture } from './picture.js';

/** What `svg` adds to Plot's own options. */
export interface ChartOptions extends Plot.PlotOptions {
  /** A few words over the chart. */
  heading?: string;
  /** Entries of the legend under the heading. */
  legend?: readonly LegendEntry[];
  /** Text for readers who cannot see the picture. */
  alt?: string;
  /** SVG drawn over the plot, in the plot's own pixels. */
  overlay?: string;
}

/**
 * Draws an Observable Plot as one self-contained SVG text: no HTML, no script, so every notebook viewer can show it.
 * 760 px wide unless `width` says otherwise. `tip`, `raster` and Plot's own legends need a real page and are not drawn.
 * @example svg({ heading: 'Loss', y: { label: 'k pps' }, marks: [Plot.lineY([1, 3, 2])] })
 */
export function svg(options: ChartOptions): string {
  const { heading = '', legend: entries = [], alt = heading, overlay = '', style, ...plotOptions } = options;
  const widthPx = plotOptions.width ?? 760;
  const leftPx = 16;
  const headingPx = heading === '' ? 0 : 32;
  const key = legend(entries, leftPx, headingPx + 4, widthPx - leftPx);
  const plotTopPx = headingPx + (key.heightPx === 0 ? 0 : key.heightPx + 8);
  const text = Plot.plot({
    ...plotOptions,
    width: widthPx,
    figure: false,
    document: emptyPage(),
    style: { fontFamily, fontSize: '12px', color: palette.ink, background: palette.paper, ...(typeof style === 'object' ? style : {}) },
  });
  const heightPx = plotTopPx + Number(text.getAttribute('height'));
  const title = heading === '' ? '' : `<text x="${leftPx}" y="24" font-size="15" font-weight="600">${escapeXml(heading)}</text>`;
  const plot = text.outerHTML.replace(/^<svg /, `<svg y="${plotTopPx}" `);
  const above = overlay === '' ? '' : `<g transform="translate(0,${plotTopPx})">${overlay}</g>`;
  return picture(title + key.svg + plot + above, widthPx, heightPx, alt);
}

function emptyPage(): NonNullable<Plot.PlotOptions['document']> {
  // linkedom's Document has all that Plot calls, though not all that the DOM's type promises.
  return parseHTML('<!doctype html><html><body></body></html>').document as unknown as NonNullable<Plot.PlotOptions['document']>;
}
