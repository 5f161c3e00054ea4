import type { HashField } from '../../experiment/nic.js';
import { checkInteger } from '../formulas/check-integer.js';
import type { Flow } from './flow.js';
import type { RssNic } from './rss-nic.js';
import { rxQueue } from './rx-queue.js';

/** A destination address, or a source port, and the RX queue that it reaches. */
export interface ReachedQueue<Candidate> {
  candidate: Candidate;
  queue: number;
}

/** Which candidates reach which queue, and choices among them. */
export interface AddressesForQueues<Candidate> {
  /** One entry a candidate, in their order. */
  reached: ReachedQueue<Candidate>[];
  /** The first `count` candidates that reach as many different queues. */
  spread: (count: number) => ReachedQueue<Candidate>[];
  /** The first `count` candidates that all reach one queue: the given one, else the first that has enough. */
  collide: (count: number, queue?: number) => ReachedQueue<Candidate>[];
}

/**
 * The inverse of RSS: given a NIC's key and table, which addresses or ports reach which queue, and which to take for
 * flows that spread perfectly or collide on purpose.
 *
 * @param nic number of queues, hashed fields, the key in hexadecimal, and maybe an indirection table
 * @param flow the fields that stay the same
 * @param candidates values of the field that varies: addresses (by default destinations) or ports (by default source ports)
 * @param field which field varies, where it is not the default one
 * @throws {RangeError} when the key is unknown, a field is malformed, or the choice is impossible, with what would be possible
 * Source: `rxQueue`.
 * @example
 * addressesForQueues({ nic: { queues: 11, hashFields: ['sourceAddress', 'destinationAddress'], hashKey: '6d5a56da255b0ec24167253d43a38fb0' }, flow: { sourceAddress: '192.168.254.30', destinationAddress: '', sourcePort: 11404, destinationPort: 4321 }, candidates: ['192.168.254.1', '192.168.254.2', '192.168.254.3', '192.168.254.4'] }).collide(2).map(({ candidate }) => candidate) // => ['192.168.254.2', '192.168.254.3']
 */
export function addressesForQueues<Candidate extends string | number>({
  nic,
  flow,
  candidates,
  field = typeof candidates[0] === 'number' ? 'sourcePort' : 'destinationAddress',
}: {
  nic: RssNic;
  flow: Flow;
  candidates: Candidate[];
  field?: HashField;
}): AddressesForQueues<Candidate> {
  const reached = [...new Set(candidates)].map((candidate) => ({ candidate, queue: rxQueue(nic, { ...flow, [field]: candidate }) }));
  const byQueue = new Map<number, ReachedQueue<Candidate>[]>();
  for (const one of reached) byQueue.set(one.queue, [...(byQueue.get(one.queue) ?? []), one]);
  const unread = nic.hashFields.includes(field) ? '' : `; nic.hashFields does not read ${field}`;
  return {
    reached,
    spread(count) {
      checkInteger('spread', 'count', count, 1);
      if (byQueue.size < count)
        throw new RangeError(`spread: count must be at most ${byQueue.size}, the queues that ${candidatesOf(reached)} reach${unread}, got ${count}`);
      return [...byQueue.values()].flatMap((group) => group.slice(0, 1)).slice(0, count);
    },
    collide(count, queue) {
      checkInteger('collide', 'count', count, 1);
      const groups = queue === undefined ? [...byQueue.values()] : [byQueue.get(queue) ?? []];
      const most = Math.max(0, ...groups.map(({ length }) => length));
      const where = queue === undefined ? 'one queue' : `queue ${queue}`;
      const chosen = groups.find(({ length }) => length >= count);
      if (!chosen)
        throw new RangeError(`collide: count must be at most ${most}, those of ${candidatesOf(reached)} that reach ${where}, got ${count}`);
      return chosen.slice(0, count);
    },
  };
}

function candidatesOf(reached: unknown[]): string {
  return reached.length === 1 ? '1 candidate' : `${reached.length} candidates`;
}
