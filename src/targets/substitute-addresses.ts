import { addressOf, type Experiment, HostError, labNetwork, type NamedHost } from '../experiment/index.js';

/**
 * The receiver's addresses that stand for the destinations of an Experiment: the article's 192.168.254.1, .2, … are its first, second, …; one of
 * its own stands for itself.
 *
 * @returns from the Experiment's address to the receiver's
 * @throws {HostError} when the receiver has too few
 */
export function substituteAddresses({ sources }: Experiment, receiver: NamedHost): Map<string, string> {
  const own = receiver.addresses.map(addressOf);
  return new Map(
    sources.flatMap(({ destinations }, index) =>
      destinations.map((destination): [string, string] => {
        const address = own.includes(destination) ? destination : own[labNetwork.receivers.indexOf(destination)];
        if (address === undefined) {
          throw new HostError(
            `sources[${index}].destinations: ${receiver.name} has ${own.length} addresses in the hosts file, none for ${destination}; add one`,
          );
        }
        return [destination, address];
      }),
    ),
  );
}
