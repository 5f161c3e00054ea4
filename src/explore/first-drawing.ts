import type { Drawing, Explorable } from './explorable.js';
import type { ExploreData } from './explore-data.js';
import { initialSettings } from './initial-settings.js';

/** Width of a picture before a browser has said how much room there is. */
const firstWidthPx = 760;

/** What an explorable shows before anyone touched it. */
export function firstDrawing(explorable: Explorable, data: ExploreData): Drawing {
  return explorable.draw(initialSettings(explorable.controls(data)), firstWidthPx, data);
}
