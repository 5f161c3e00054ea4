import { explorables } from '../explorables.js';
import type { ExploreData } from '../explore-data.js';
import { mountExplorable } from './mount-explorable.js';

/** Brings every explorable below a node to life. */
export function mount(below: ParentNode, data: ExploreData): void {
  for (const root of below.querySelectorAll<HTMLElement>('[data-explorable]')) {
    const explorable = explorables.find(({ name }) => name === root.dataset.explorable);
    if (explorable) mountExplorable(root, explorable, data);
  }
}
