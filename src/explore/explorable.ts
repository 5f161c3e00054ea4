import type { Control, Settings } from './control.js';
import type { ExploreData } from './explore-data.js';

/** What an explorable shows for one position of its controls. */
export interface Drawing {
  /** One `<svg>`, styled by the classes of exploreStyle. */
  svg: string;
  /** HTML beside the picture: what it says, in sentences. */
  card: string;
}

/** A picture that a reader changes by its controls. Pure: the same settings give the same text in Node and in a browser. */
export interface Explorable {
  /** Lower-case letters and hyphens. */
  name: string;
  title: string;
  /** What a reader asks it. */
  question: string;
  /** What to drag first. */
  invitation: string;
  /** Whether it draws the article's rows, which are most of the data. */
  usesArticle: boolean;
  controls(data: ExploreData): Control[];
  /**
   * @param widthPx room for the picture; below 620 it is drawn for a phone
   * @throws {RangeError | HostError} for settings that mean nothing, in one line for the reader
   */
  draw(settings: Settings, widthPx: number, data: ExploreData): Drawing;
}
