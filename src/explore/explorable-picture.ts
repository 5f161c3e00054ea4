import type { Explorable } from './explorable.js';
import type { ExploreData } from './explore-data.js';
import { lightStyle, pictureStyle } from './explore-style.js';
import { firstDrawing } from './first-drawing.js';

/** The first picture of an explorable as an SVG that stands alone, on white ground like every chart. */
export function explorablePicture(explorable: Explorable, data: ExploreData): string {
  const { svg } = firstDrawing(explorable, data);
  return svg.replace('>', `><style>${lightStyle}${pictureStyle}</style><rect width="100%" height="100%" fill="#ffffff"/>`);
}
