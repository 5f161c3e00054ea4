import { addressOf, type Experiment, HostError, type Hosts, type NamedHost, type Plan } from '../experiment/index.js';
import { receiverConfig, senderConfig } from '../lab/native-config.js';
import type { ReceiverConfig, SenderConfig } from '../native/contract.js';
import type { LeaseTerms } from './protocol/protocol.js';
import { substituteAddresses } from './substitute-addresses.js';

/** Senders outlive the measured window by this much, so that its last reading is taken under load. */
const tailS = 0.5;

/** Who sends and receives what in a run on several hosts. */
export interface TrafficPlan {
  receiver: { host: NamedHost; config: ReceiverConfig };
  /** Only those that have something to send. */
  senders: { host: NamedHost; config: SenderConfig; sources: number[] }[];
  terms: LeaseTerms;
  sendingS: number;
  /** What differs from the Experiment, one sentence each. */
  deviations: string[];
}

/** The hosts that an Experiment needs: sources are dealt to the senders in turn. */
export function sendingHosts({ sources }: Experiment, { senders }: Hosts): NamedHost[] {
  return senders.slice(0, sources.length);
}

/** Resolves what the hosts file leaves to the Experiment. @throws {HostError} for what caps, addresses or CPUs do not allow */
export function trafficPlan(experiment: Experiment, plan: Plan, hosts: Hosts, cpusOf: (host: NamedHost) => number[]): TrafficPlan {
  const { caps, receiver } = hosts;
  const sendingS = experiment.warmUpS + experiment.durationS + tailS;
  if (sendingS > caps.maxSeconds) {
    throw new HostError(`caps.maxSeconds: the hosts file allows ${caps.maxSeconds} s of sending, the experiment needs ${sendingS} s`);
  }
  const substitutes = substituteAddresses(experiment, receiver);
  const deviations = [...substitutes].filter(([from, to]) => from !== to).map(([from, to]) => `${to} of the receiver stands for ${from}.`);
  if (experiment.receiver.firewall)
    deviations.push(`receiver.firewall: the rules of ${receiver.name} stay as they are; the prediction is that of the experiment's.`);
  const floodPps = floodShare(experiment, caps.maxPps);
  const senders = sendingHosts(experiment, hosts).map((host, position, all) => {
    const sources = experiment.sources.map((_, index) => index).filter((index) => index % all.length === position);
    const cpus = cpusOf(host);
    return {
      host,
      sources,
      config: {
        threads: senderConfig(experiment, plan, sources).threads.map((thread) => ({
          ...thread,
          cpu: onHost(thread.cpu, cpus, host, deviations),
          destinations: thread.destinations.map((address) => substitutes.get(address) ?? address),
          offeredPps: thread.offeredPps ?? floodPps,
        })),
      },
    };
  });
  return {
    receiver: { host: receiver, config: receiverConfig(experiment, plan, sendingS) },
    senders,
    terms: {
      addresses: [...new Set(substitutes.values())],
      port: experiment.receiver.port,
      sources: senders.flatMap(({ host }) => host.addresses.map(addressOf)),
      ...caps,
    },
    sendingS,
    deviations: [...new Set(deviations)],
  };
}

/** What is left of the cap for each flooding thread: far above what a core can send, unless the hosts file is strict. */
function floodShare({ sources }: Experiment, maxPps: number): number {
  const planned = sources.reduce((sum, { offeredPps }) => sum + (offeredPps ?? 0), 0);
  const floods = sources.filter(({ offeredPps }) => offeredPps === null).length;
  if (planned > maxPps || (floods > 0 && planned === maxPps)) {
    throw new HostError(
      `caps.maxPps: the hosts file allows ${maxPps} packets per second, the experiment plans ${planned}${floods ? ' and floods' : ''}`,
    );
  }
  return (maxPps - planned) / Math.max(1, floods);
}

function onHost(cpu: number | null, cpus: number[], host: NamedHost, deviations: string[]): number | null {
  if (cpu === null || cpus.includes(cpu)) return cpu;
  const other = cpus[cpu % cpus.length] ?? 0;
  deviations.push(`${host.name} has no CPU ${cpu}; CPU ${other} sends instead.`);
  return other;
}
