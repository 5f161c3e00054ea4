import type { Experiment } from '../../experiment/experiment.js';
import type { PlannedFlow } from '../../experiment/plan.js';
import { rxQueue } from '../rss/rx-queue.js';

/** Experiments name no source address; the RSS hash of one with a known key uses the article's. */
const senderAddress = '192.168.254.30';

/** Every flow of every source, in the order of sending, with the RX queue where it can be known. */
export function flowsOf(experiment: Experiment): PlannedFlow[] {
  return experiment.sources.flatMap((source, index) =>
    source.destinations.flatMap((destinationAddress) =>
      source.sourcePorts.map((sourcePort) => ({
        source: index,
        destinationAddress,
        sourcePort,
        queue: queueOf(experiment, destinationAddress, sourcePort),
        socket: socketOf(experiment, destinationAddress),
      })),
    ),
  );
}

function queueOf({ nic, receiver }: Experiment, destinationAddress: string, sourcePort: number): number | null {
  const observed = nic.observedQueues[destinationAddress];
  if (observed !== undefined) return observed;
  if (nic.queues === 1) return 0;
  if (nic.hashKey === null) return null;
  return rxQueue(nic, { sourceAddress: senderAddress, destinationAddress, sourcePort, destinationPort: receiver.port });
}

function socketOf({ receiver }: Experiment, destinationAddress: string): number | null {
  if (receiver.layout !== 'reuseport' || receiver.placements.length === 1) return 0;
  return receiver.observedSockets[destinationAddress] ?? null;
}
