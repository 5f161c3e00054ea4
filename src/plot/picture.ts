import { escapeXml } from './escape-xml.js';
import { palette } from './palette.js';
import { roundNumbers } from './round-numbers.js';
import { uniqueIds } from './unique-ids.js';

/** Fonts of every chart; the first that the reader's machine has is used. */
export const fontFamily = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, 'DejaVu Sans', sans-serif";

// Grey stripes on white: seen in print, and by readers who see no colour.
const hatch = `<defs><pattern id="mpps-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/><rect width="2.5" height="6" fill="${palette.fates.unaccounted}"/></pattern></defs>`;

/** Makes one self-contained SVG text of what a chart has drawn: white ground, fonts, text for screen readers, stable ids and numbers. */
export function picture(body: string, widthPx: number, heightPx: number, alt: string): string {
  const defs = body.includes('url(#mpps-hatch)') ? hatch : '';
  const text =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}" ` +
    `role="img" aria-label="${escapeXml(alt)}" font-family="${escapeXml(fontFamily)}" font-size="12" fill="${palette.ink}">` +
    `${defs}<rect width="${widthPx}" height="${heightPx}" fill="${palette.paper}"/>${body}</svg>\n`;
  return uniqueIds(roundNumbers(text));
}
