import { escapeXml } from '../plot/escape-xml.js';
import { roundNumbers } from '../plot/round-numbers.js';

/** One `<svg>` of a drawing; `alt` says in words what it shows. Its colours come from exploreStyle. */
export function figure(body: string, widthPx: number, heightPx: number, alt: string): string {
  return roundNumbers(
    `<svg xmlns="http://www.w3.org/2000/svg" class="figure" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}" role="img" aria-label="${escapeXml(alt)}">${body}</svg>`,
  );
}
