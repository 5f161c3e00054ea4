import { type Hosts, InputError } from '../../experiment/index.js';

/**
 * Puts the nodes that Slurm gave in the place of the machines of a hosts file: the first receives, the others send. Everything else, such as interface
 * and addresses, stays.
 *
 * @throws {InputError} when there are not as many nodes as hosts
 */
export function onNodes(hosts: Hosts, nodes: readonly string[]): Hosts {
  const [receiver, ...senders] = nodes;
  if (receiver === undefined || senders.length !== hosts.senders.length)
    throw new InputError(`sweep: Slurm must give ${1 + hosts.senders.length} nodes, got ${nodes.join(', ') || 'none'}`);
  return {
    ...hosts,
    receiver: { ...hosts.receiver, ssh: receiver },
    senders: hosts.senders.map((sender, index) => ({ ...sender, ssh: senders[index] ?? receiver })),
  };
}
