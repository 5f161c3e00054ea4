import type { Cost } from '../../src/experiment/cost.js';
import type { Experiment } from '../../src/experiment/experiment.js';
import type { Host } from '../../src/experiment/host.js';
import { assumedCosts } from '../../src/host/assumed-costs.js';
import { experimentWith, labHost } from './hosts.js';

const measured = (value: number, source: string): Cost => ({ value, low: value, high: value, origin: 'calibration', source });

/** The two-CPU guest of native-lab-facts: costs of its sections 6 and 8, everything else as on a host that nobody has calibrated. */
export function guest(cpus = 2): Host {
  return labHost(cpus, {
    name: `guest-${cpus}`,
    receivePath: 'software-nic',
    socketBufferBytes: 212_992,
    truesizeBytes: 832,
    costs: {
      ...assumedCosts('software-nic'),
      sendNs: measured(1408, 'section 6, link down, batch 1024'),
      softirqNs: measured(1060, 'section 6, softirq from a burst of 64 about 900, enqueue 160'),
      softirqDropRatio: measured(900 / 1060, 'section 6, all but the enqueue'),
      readNs: measured(800, 'section 6, drain'),
      wakeUpNs: measured(3600, 'section 6, the wake price of its model check'),
      wireNs: measured(160, 'section 5, made and dropped at the driver'),
      nicNs: measured(90, 'section 5, 4.0 million handed to the other CPU: 250 ns less the making'),
    },
  });
}

/** One wire at a pace, queues on given CPUs, one reader on a given CPU. */
export function nicRun(run: { offeredPps: number; queueCpus: number[]; readerCpu: number; ringPackets: number }): Experiment {
  const addresses = run.queueCpus.map((_, queue) => `192.168.254.${queue + 1}`);
  return experimentWith({
    sources: [{ offeredPps: run.offeredPps, destinations: addresses, batchPackets: 64 }],
    nic: {
      queues: run.queueCpus.length,
      ringPackets: run.ringPackets,
      observedQueues: Object.fromEntries(addresses.map((address, queue) => [address, queue])),
      queueCpus: Object.fromEntries(run.queueCpus.map((cpu, queue) => [`${queue}`, cpu])),
    },
    receiver: { placements: [{ cpu: run.readerCpu }] },
  });
}
