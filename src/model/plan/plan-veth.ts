import { HostError } from '../../experiment/errors.js';
import type { Experiment } from '../../experiment/experiment.js';
import type { Cpu, Host } from '../../experiment/host.js';
import type { Plan, PlannedFlow } from '../../experiment/plan.js';
import { flowsOf } from './flows.js';
import { noteFloods } from './note-floods.js';
import { readerCpu } from './reader-cpu.js';
import { refuseForeignDestinations } from './refuse-foreign-destinations.js';
import { sourceCpu } from './source-cpu.js';
import { splitCores } from './split-cores.js';
import { steerByQueue } from './steer-by-queue.js';
import { wireCpuOf } from './wire-cpu-of.js';

/** Plan for a veth pair on one machine, where the receive path runs on the sending CPU, or on one reading CPU by RPS. */
export function planVeth(experiment: Experiment, host: Host): Plan {
  const { receiver, sources } = experiment;
  const deviations: string[] = [];
  refuseForeignDestinations(sources);
  const split = splitCores(host);
  const isWired = allWires(experiment);
  const wireCpu = isWired ? (wireCpuOf(experiment, host) ?? split.senders[0]?.cpu ?? 0) : null;
  const sourceCpus = sources.map((source, index) => wireCpu ?? sourceCpu(source, index, split.senders, host));
  const loopback = host.receivePath === 'loopback';
  const onQueueCpu = receiver.placements.some((placement) => typeof placement === 'object' && 'role' in placement && placement.role === 'queue-cpu');
  const usesRps = host.receivePath === 'veth-rps' || (onQueueCpu && !loopback && !isWired);
  const rpsCpu = split.readers[0]?.cpu ?? 0;
  const sendingCpus = [...new Set(sourceCpus)];
  const queues = usesRps ? [{ queue: 0, cpu: rpsCpu }] : sendingCpus.map((cpu, queue) => ({ queue, cpu }));
  const flows = flowsOf(experiment).map(
    (flow): PlannedFlow => ({
      ...flow,
      queue: usesRps ? 0 : sendingCpus.indexOf(sourceCpus[flow.source] ?? null),
      // What was observed on a NIC's host says nothing about this kernel's secret.
      socket: receiver.layout === 'reuseport' ? null : flow.socket,
    }),
  );
  noteDeviations(experiment, flows, usesRps, rpsCpu, deviations);
  if (loopback)
    deviations.push(
      "Packets go over this machine's loopback: sender and receiver share one namespace without the article's firewall rules, and the kernel's counters are also those of other programs.",
    );
  if (onQueueCpu && loopback)
    deviations.push('Nothing moves the receive path of loopback off the sending CPU, so a reader on it runs beside the sender.');
  const sockets = receiver.placements.length;
  if (receiver.steering === 'queue' && (usesRps || queues.length < sockets)) {
    throw new HostError(
      `receiver.steering: host ${host.name} runs the receive path on ${queues.length} CPU(s), "queue" steering to ${sockets} sockets needs ${sockets}`,
    );
  }
  const room = {
    host,
    queueCpu: (queue: number) => (usesRps ? rpsCpu : (cpuThatStandsForQueue(queue, experiment, sourceCpus) ?? split.senders[0]?.cpu ?? 0)),
    free: readersBeside(usesRps ? rpsCpu : null, split.readers),
    wraps: true,
  };
  const readerCpus = receiver.placements.map((placement, index) => readerCpu(placement, `receiver.placements[${index}]`, room));
  const wirePps = sources.map(({ offeredPps }) => offeredPps ?? 1e9 / host.costs.sendNs.value);
  if (isWired) {
    noteFloods(experiment, wirePps, deviations);
    deviations.push(`No NIC stands before the receiver: the wire's CPU ${wireCpu} also polls the device and takes the packets to their sockets.`);
  } else noteSharing('senders', sourceCpus, split.senders, deviations);
  noteSharing('readers', readerCpus, split.readers, deviations);
  return {
    receivePath: usesRps ? 'veth-rps' : loopback ? 'loopback' : 'veth',
    sourceCpus,
    ...(isWired ? { wirePps } : {}),
    readerCpus,
    queues,
    flows:
      receiver.steering === 'queue'
        ? steerByQueue(
            flows,
            queues.map(({ queue }) => queue),
            sockets,
          )
        : flows,
    deviations,
  };
}

/** Whether the wire sends all. Beside it a program's packets would be polled too, and no cost of the model knows that. */
function allWires({ sources, receiver }: Experiment): boolean {
  const wires = sources.filter(({ kind }) => kind === 'wire').length;
  if (wires > 0 && receiver.gro)
    throw new HostError("receiver.gro: glued together, the wire's packets could not be counted one by one; leave gro out");
  if (wires > 0 && wires < sources.length)
    throw new HostError(
      'sources[].kind: without a software NIC the sources are all wires or all sockets; use --path software-nic, or one kind for all of them',
    );
  return wires > 0;
}

/** An experiment names queues of a NIC; here the CPU that sends to such a queue's address stands for it. */
function cpuThatStandsForQueue(queue: number, { nic, sources }: Experiment, sourceCpus: (number | null)[]): number | null {
  const source = sources.findIndex(({ destinations }) => destinations.some((address) => nic.observedQueues[address] === queue));
  return sourceCpus[Math.max(source, 0)] ?? null;
}

function noteSharing(who: 'senders' | 'readers', cpus: (number | null)[], setAside: Cpu[], deviations: string[]): void {
  const pinned = cpus.filter((cpu) => cpu !== null);
  const used = new Set(pinned);
  if (pinned.length > used.size)
    deviations.push(`${pinned.length} ${who} share ${cpuCount(used.size)}, because ${cpuCount(setAside.length)} can be set aside for ${who}.`);
}

function cpuCount(count: number): string {
  return count === 1 ? 'one CPU' : `${count} CPUs`;
}

function readersBeside(rpsCpu: number | null, readers: Cpu[]): Cpu[] {
  const others = readers.filter(({ cpu }) => cpu !== rpsCpu);
  return others.length ? others : readers;
}

function noteDeviations({ nic }: Experiment, flows: PlannedFlow[], usesRps: boolean, rpsCpu: number, deviations: string[]): void {
  const meant = new Set(flows.flatMap(({ destinationAddress }) => nic.observedQueues[destinationAddress] ?? []));
  const served = new Set(flows.map(({ queue }) => queue));
  if (meant.size > served.size) {
    const where = usesRps ? `CPU ${rpsCpu} by RPS` : `the sending CPU${served.size > 1 ? 's' : ''}`;
    deviations.push(`The experiment means ${meant.size} RX queues on CPUs of their own; here all packets pass ${where}.`);
  } else if (usesRps) {
    deviations.push(`RPS moves the receive path to CPU ${rpsCpu}; the sender is held back at 256 packets in flight, so no ring overflows.`);
  }
}
