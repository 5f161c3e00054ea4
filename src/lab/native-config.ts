import { type Experiment, HostError, type Plan } from '../experiment/index.js';
import type { ReceiverConfig, SenderConfig } from '../native/contract.js';

/** Receivers outlive the senders by this much and then end by themselves. */
const receiverGraceS = 20;

/** The sending threads of an Experiment as the native code takes them. */
export function senderConfig(experiment: Experiment, plan: Plan): SenderConfig {
  return {
    threads: experiment.sources.map((source, index) => ({
      cpu: plan.sourceCpus[index] ?? null,
      destinations: source.destinations,
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

/** The receiving threads of an Experiment as the native code takes them. */
export function receiverConfig(experiment: Experiment, plan: Plan, sendingS: number): ReceiverConfig {
  const { receiver } = experiment;
  const { path = 'socket' } = receiver;
  if (path === 'af-xdp') throw new HostError('receiver.path: this lab does not read through af-xdp yet; use "socket" or "io-uring"');
  return {
    layout: receiver.layout,
    threads: plan.readerCpus.map((cpu) => ({ cpu })),
    path,
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
