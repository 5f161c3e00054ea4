import type { Experiment } from '../../experiment/experiment.js';
import { articleFirewall, type Firewall } from '../../experiment/firewall.js';
import type { Host } from '../../experiment/host.js';
import type { HashField } from '../../experiment/nic.js';
import type { Placement } from '../../experiment/placement.js';
import type { Source } from '../../experiment/source.js';
import type { Change } from './change.js';
import { softwareNicChanges } from './software-nic-changes.js';

const moreBuffer = 8;

/** Single changes that a person could make to an experiment, unranked; the host may refuse some. */
export function changesOf(experiment: Experiment, host: Host): Change[] {
  return [
    ...movedReader(experiment),
    ...moreQueues(experiment),
    ...otherSockets(experiment),
    anotherSender(experiment),
    ...portsInHash(experiment, host),
    biggerBuffer(experiment, host),
    ...lighterFirewall(experiment),
    ...(host.receivePath === 'software-nic' ? softwareNicChanges(experiment, host) : []),
  ];
}

function movedReader(experiment: Experiment): Change[] {
  const places: [string, 'queue-node' | 'queue-cpu' | 'other-node'][] = [
    ["another core of the queue's node", 'queue-node'],
    ['the CPU that serves the queue', 'queue-cpu'],
    ['the other node', 'other-node'],
  ];
  const { placements } = experiment.receiver;
  return places
    .filter(([, role]) => !placements.every((placement) => typeof placement === 'object' && 'role' in placement && placement.role === role))
    .map(([place, role]) => ({
      change: `move the reader${placements.length > 1 ? 's' : ''} to ${place}`,
      experiment: withPlacements(
        experiment,
        placements.map((placement, index) => ({ role, queue: queueOf(placement, experiment), index })),
      ),
    }));
}

/** One more address that hashes to a queue of its own, sent to in turn by the first source. */
function moreQueues(experiment: Experiment): Change[] {
  const { nic } = experiment;
  const used = new Set(experiment.sources.flatMap(({ destinations }) => destinations));
  const taken = new Set([...used].map((address) => nic.observedQueues[address]));
  const queue = Array.from({ length: Math.max(nic.queues, taken.size + 1) }, (_, index) => index).find((index) => !taken.has(index)) ?? 0;
  const address =
    Array.from({ length: 254 }, (_, index) => `192.168.254.${index + 1}`).find((candidate) => !used.has(candidate)) ?? '192.168.254.254';
  const sources = experiment.sources.map(
    (source, index): Source => (index === experiment.sources.length - 1 ? { ...source, destinations: [...source.destinations, address] } : source),
  );
  return [
    {
      change: `send to one more destination address, which reaches RX queue ${queue}`,
      experiment: {
        ...experiment,
        sources,
        nic: { ...nic, queues: Math.max(nic.queues, queue + 1), observedQueues: { ...nic.observedQueues, [address]: queue } },
      },
    },
  ];
}

function otherSockets(experiment: Experiment): Change[] {
  const { receiver } = experiment;
  const first = receiver.placements[0] ?? 'unpinned';
  const queue = queueOf(first, experiment);
  const threads = Math.max(2, receiver.placements.length);
  const placements = Array.from(
    { length: threads },
    (_, index): Placement => receiver.placements[index] ?? { role: 'queue-node', queue, index: index + 1 },
  );
  const group = { ...receiver, placements, layout: 'reuseport' as const, observedSockets: {} };
  const changes: Change[] = [];
  if (receiver.layout !== 'reuseport')
    changes.push({
      change: `give ${threads} threads a SO_REUSEPORT socket each`,
      experiment: { ...experiment, receiver: { ...group, steering: 'hash' } },
    });
  if (receiver.steering !== 'queue')
    changes.push({
      change: `give ${threads} threads a SO_REUSEPORT socket each, steered by the CPU of the queue`,
      experiment: { ...experiment, receiver: { ...group, steering: 'queue' } },
    });
  if (receiver.layout === 'shared')
    changes.push({
      change: 'let a single thread read the socket',
      experiment: { ...experiment, receiver: { ...receiver, layout: 'single', placements: [first] } },
    });
  return changes;
}

/** Hashing on the ports too, where there is a hardware NIC to tell so: what was observed of the queues of addresses says nothing then. */
function portsInHash(experiment: Experiment, { receivePath }: Host): Change[] {
  const { nic } = experiment;
  if (receivePath !== 'physical-nic' || (nic.hashFields.includes('sourcePort') && nic.hashFields.includes('destinationPort'))) return [];
  const hashFields: HashField[] = ['sourceAddress', 'destinationAddress', 'sourcePort', 'destinationPort'];
  return [
    {
      change: 'let the NIC hash the ports too (ethtool -N … rx-flow-hash udp4 sdfn), where it can',
      experiment: { ...experiment, nic: { ...nic, hashFields, observedQueues: {} } },
    },
  ];
}

function biggerBuffer(experiment: Experiment, host: Host): Change {
  const { receiver } = experiment;
  const bufferBytes = Math.min(2_147_483_647, moreBuffer * (receiver.socketBufferBytes ?? host.socketBufferBytes));
  return {
    change: `give each socket a buffer of ${bufferBytes} bytes`,
    experiment: { ...experiment, receiver: { ...receiver, socketBufferBytes: bufferBytes } },
  };
}

/** What a firewall spares a packet, where an experiment says that it has more of one than the article's. */
function lighterFirewall(experiment: Experiment): Change[] {
  const { receiver } = experiment;
  const { firewall = articleFirewall } = receiver;
  const withFirewall = (change: string, firewall: Firewall): Change => ({
    change,
    experiment: { ...experiment, receiver: { ...receiver, firewall } },
  });
  return [
    ...(firewall.conntrack
      ? [withFirewall('leave the packets untracked (iptables -t raw -I PREROUTING … -j NOTRACK)', { ...firewall, conntrack: false })]
      : []),
    ...(firewall.rules > articleFirewall.rules
      ? [withFirewall('accept the packets by the first rule of the chain (iptables -I INPUT 1 …)', { ...firewall, rules: articleFirewall.rules })]
      : []),
  ];
}

function anotherSender(experiment: Experiment): Change {
  const last = experiment.sources[experiment.sources.length - 1];
  const added: Source[] = last ? [{ ...last, placement: { role: 'sender-core', index: experiment.sources.length } }] : [];
  return { change: 'send from one more core', experiment: { ...experiment, sources: [...experiment.sources, ...added] } };
}

function queueOf(placement: Placement, { nic, sources }: Experiment): number {
  if (typeof placement === 'object' && 'role' in placement) return placement.queue;
  return nic.observedQueues[sources[0]?.destinations[0] ?? ''] ?? 0;
}

function withPlacements(experiment: Experiment, placements: Placement[]): Experiment {
  return { ...experiment, receiver: { ...experiment.receiver, placements } };
}
