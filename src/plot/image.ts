import { altText } from './alt-text.js';
import { escapeXml } from './escape-xml.js';

/**
 * HTML that shows an SVG text as an image: also in untrusted notebooks and in nbconvert's pages, which both drop bare SVG.
 * `alt` is the chart's own text unless given.
 */
export function image(svgText: string, alt: string = altText(svgText)): string {
  return `<img alt="${escapeXml(alt)}" src="data:image/svg+xml;base64,${Buffer.from(svgText).toString('base64')}">`;
}
