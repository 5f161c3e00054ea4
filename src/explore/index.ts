/** Explorables: pictures that a reader changes by sliders, drawn from the model itself. */
export type { Control, Settings } from './control.js';
export type { Drawing, Explorable } from './explorable.js';
export { explorableFrame } from './explorable-frame.js';
export { explorableHtml } from './explorable-html.js';
export { explorables } from './explorables.js';
export { type ExploreData, exploreData } from './explore-data.js';
