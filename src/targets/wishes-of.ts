import type { Experiment, NamedHost, Plan } from '../experiment/index.js';
import type { TuningWishes } from './protocol/protocol.js';
import type { Testbed } from './testbed.js';
import { hostWishes, receiverWishes } from './tuning-wishes.js';

/** What a run wishes to change on one host of its testbed. @throws {HostError} for what it needs and the hosts file does not allow */
export function wishesOf(host: NamedHost, experiment: Experiment, plan: Plan, { receiver, senders }: Testbed): TuningWishes {
  return host === receiver.host
    ? receiverWishes(
        experiment,
        plan,
        host,
        senders.map((sender) => sender.host),
      )
    : hostWishes(host);
}
