import { explorableFrame, explorables } from '../explore/index.js';
import { kernelDisplay } from './kernel-display.js';

/**
 * Shows an explorable under the cell: the model itself under sliders, in a sandboxed frame that needs neither the kernel nor a network. Where
 * scripts do not run (an untrusted notebook, a code host's preview) its first picture stands in. Outside a notebook it prints what it asks.
 *
 * @param name `packet-path`, `hashing`, `occupancy`, `livelock` or `article-table`
 * @throws {RangeError} for any other name
 * @example explorable('packet-path')
 */
export function explorable(name: string): void {
  const found = explorables.find((candidate) => candidate.name === name);
  if (!found)
    throw new RangeError(`explorable: name must be one of ${explorables.map((known) => known.name).join(', ')}, got ${JSON.stringify(name)}`);
  const kernel = kernelDisplay();
  if (kernel === null) console.log(`[explorable] ${found.title}: ${found.question}`);
  else kernel.display.html(explorableFrame(found));
}
