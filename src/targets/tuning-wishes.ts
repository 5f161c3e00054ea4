import { addressOf, type Experiment, HostError, type NamedHost, type Plan, type Tuning } from '../experiment/index.js';
import type { TuningWishes } from './protocol/protocol.js';

const letters = { sourceAddress: 's', destinationAddress: 'd', sourcePort: 'f', destinationPort: 'n' };

/** What a run wants its receiver to be like: the Experiment's NIC and the plan's CPUs. @throws {HostError} when the plan rests on RPS and the hosts file does not allow it */
export function receiverWishes({ nic, receiver }: Experiment, plan: Plan, host: NamedHost, senders: NamedHost[]): TuningWishes {
  const rpsCpu = plan.receivePath === 'veth-rps' ? plan.queues[0]?.cpu : null;
  if (rpsCpu != null && !host.allow.includes('rps')) {
    throw new HostError(`${host.name}: the experiment needs RPS on ${host.interface}; allow: [rps] in the hosts file`);
  }
  return {
    ...hostWishes(host),
    firewall: { port: receiver.port, sources: senders.flatMap(({ addresses }) => addresses.map(addressOf)) },
    ...(plan.receivePath === 'physical-nic'
      ? {
          channels: nic.queues,
          ringPackets: nic.ringPackets,
          hashFields: nic.hashFields.map((field) => letters[field]).join(''),
          ...(nic.hashKey === null ? {} : { hashKey: nic.hashKey }),
          ...(nic.indirectionTable ? {} : { spreadOver: nic.queues }),
          queueCpus: plan.queues.flatMap(({ queue, cpu }) => (cpu === null ? [] : [{ queue, cpu }])),
        }
      : {}),
    ...(rpsCpu == null ? {} : { rpsCpu }),
  };
}

/** What any host of a run is wanted to be like: its hosts-file entry. */
export function hostWishes({ addresses, settings }: NamedHost): TuningWishes {
  return { addresses, ...settings };
}

/** What would be changed on a host, one sentence a consent; for a dry run. */
export function describeWishes({ name, allow }: NamedHost, wishes: TuningWishes): string[] {
  const values: Record<Tuning, unknown> = {
    addresses: wishes.addresses,
    firewall: wishes.firewall,
    channels: wishes.channels,
    ring: wishes.ringPackets,
    'hash-fields': wishes.hashFields,
    'hash-key': wishes.hashKey,
    'indirection-table': wishes.spreadOver,
    coalescing: wishes.rxUsecs,
    'irq-affinity': wishes.queueCpus,
    rps: wishes.rpsCpu,
    governor: wishes.governor,
    sysctls: wishes.sysctls,
  };
  const wished = allow.filter((tuning) => values[tuning] !== undefined);
  return wished.length
    ? wished.map((tuning) => `${name}: would set ${tuning} to ${JSON.stringify(values[tuning])}`)
    : [`${name}: would change nothing`];
}
