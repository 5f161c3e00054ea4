import { type Experiment, HostError, labNetwork, type Plan } from '../experiment/index.js';
import type { ReceiverConfig, SenderConfig, WireConfig } from '../native/contract.js';
import type { SoftwareNic } from './software-nic.js';
import type { SendingWorker } from './traffic.js';
import type { TrafficPlace } from './traffic-place.js';

/** Receivers outlive the senders by this much and then end by themselves. */
const receiverGraceS = 20;

/** The runs of the wire's program between two flushes: a packet waits for a few microseconds at most. */
const wireBatchRuns = 64;

/** Who sends for an Experiment: a program for its sockets, the wire for the others. */
export function sendingWorkers(experiment: Experiment, plan: Plan, lab: TrafficPlace): SendingWorker[] {
  const indices = experiment.sources.map((_, index) => index);
  const wired = indices.filter((index) => typeof plan.wirePps?.[index] === 'number');
  const socketed = indices.filter((index) => !wired.includes(index));
  return [
    ...(socketed.length
      ? [
          {
            role: 'sender' as const,
            config: senderConfig(experiment, plan, socketed, (destination) => lab.addressOf(destination)),
            sources: socketed,
          },
        ]
      : []),
    ...(wired.length ? [{ role: 'wire' as const, config: wireConfig(experiment, plan, wired, lab), sources: wired }] : []),
  ];
}

function wireConfig(experiment: Experiment, plan: Plan, indices: number[], lab: TrafficPlace): WireConfig {
  return {
    cpu: plan.sourceCpus[indices[0] ?? 0] ?? null,
    device: lab.sender.device,
    sourceMac: lab.sender.mac,
    destinationMac: lab.receiver.mac,
    sourceAddress: labNetwork.sender,
    destinationPort: experiment.receiver.port,
    payloadBytes: experiment.payloadBytes,
    batchRuns: wireBatchRuns,
    catchesUpAtOnce: plan.receivePath !== 'software-nic',
    ...(experiment.sequenced ? { sequenced: true, firstFlow: plan.flows.filter(({ source }) => !indices.includes(source)).length } : {}),
    sources: indices.map((index) => ({
      flows: plan.flows
        .filter(({ source }) => source === index)
        .map(({ destinationAddress, sourcePort }) => ({ destination: destinationAddress, sourcePort })),
      offeredPps: plan.wirePps?.[index] ?? null,
    })),
  };
}

/**
 * The sending threads of some of an Experiment's sources as the native code takes them.
 *
 * @param addressOf what stands for an address of the experiment; left out, the address itself
 */
export function senderConfig(
  experiment: Experiment,
  plan: Plan,
  indices: number[],
  addressOf = (destination: string): string => destination,
): SenderConfig {
  const sources = experiment.sources.flatMap((source, index) => (indices.includes(index) ? [{ source, index }] : []));
  return {
    threads: sources.map(({ source, index }) => ({
      cpu: plan.sourceCpus[index] ?? null,
      destinations: source.destinations.map(addressOf),
      destinationPort: experiment.receiver.port,
      sourcePorts: source.sourcePorts,
      batchPackets: source.batchPackets,
      payloadBytes: experiment.payloadBytes,
      offeredPps: source.offeredPps,
      ...(source.arrivals ? { arrivals: source.arrivals, seed: index } : {}),
      ...(source.segmentation ? { segments: source.segmentation.segments } : {}),
      sequenced: experiment.sequenced ?? false,
    })),
  };
}

/**
 * The receiving threads of an Experiment as the native code takes them.
 *
 * @param frames where an AF_XDP receiver finds its frames
 * @throws {HostError} for AF_XDP where there is no software NIC
 */
export function receiverConfig(experiment: Experiment, plan: Plan, sendingS: number, frames: SoftwareNic['frames'] = null): ReceiverConfig {
  const { receiver } = experiment;
  const { path = 'socket' } = receiver;
  if (path === 'af-xdp' && !frames)
    throw new HostError(
      'receiver.path: af-xdp takes frames before the counters from which a run closes its account, unless the software NIC counts them; use --path software-nic on a machine that has it, or the path "socket" or "io-uring"',
    );
  return {
    layout: receiver.layout,
    threads: plan.readerCpus.map((cpu) => ({ cpu })),
    path,
    ...frames,
    call: receiver.call ?? 'recvmmsg',
    waiting: receiver.waiting ?? 'block',
    gro: receiver.gro ?? false,
    sequenced: experiment.sequenced ?? false,
    batchPackets: receiver.batchPackets,
    address: '0.0.0.0',
    port: receiver.port,
    payloadBytes: experiment.payloadBytes,
    socketBufferBytes: receiver.socketBufferBytes,
    ...(receiver.steering === 'queue' ? { steering: steeringRules(plan) } : {}),
    workNs: receiver.workNs,
    seconds: sendingS + receiverGraceS,
    paused: false,
  };
}

/** One socket for each queue: packets whose softirq ran on a queue's CPU go to the socket of that queue's place. */
function steeringRules(plan: Plan): { cpu: number; socket: number }[] {
  return plan.queues.flatMap(({ cpu }, socket) => (cpu === null ? [] : [{ cpu, socket }]));
}
