import { altText, image } from '../plot/index.js';
import { kernelDisplay } from './kernel-display.js';

/**
 * Shows a chart under the cell. Outside a notebook it prints the chart's text instead.
 * `alt` is the text for readers who cannot see the chart; the charts of this kit bring their own.
 * @example show(packetPath(stages))
 */
export function show(svgText: string, alt: string = altText(svgText)): void {
  if (typeof svgText !== 'string' || !/^\s*(<\?xml[^>]*>\s*)?<svg\b/.test(svgText))
    throw new TypeError(`show: svgText must be SVG text, got ${typeof svgText === 'string' ? JSON.stringify(svgText.slice(0, 20)) : typeof svgText}`);
  const kernel = kernelDisplay();
  if (kernel === null) console.log(`[chart] ${alt}`);
  else kernel.display.html(image(svgText, alt));
}
