import { HostError } from '../../experiment/errors.js';
import { labNetwork } from '../../experiment/lab-network.js';
import type { Source } from '../../experiment/source.js';

/** Throws a HostError for an address that the lab's receiver has not. */
export function refuseForeignDestinations(sources: Source[]): void {
  for (const [index, { destinations }] of sources.entries()) {
    const foreign = destinations.find((address) => !labNetwork.receivers.includes(address));
    if (foreign)
      throw new HostError(
        `sources[${index}].destinations: the lab's receiver has ${labNetwork.receivers[0]} to ${labNetwork.receivers.at(-1)}, not ${foreign}`,
      );
  }
}
