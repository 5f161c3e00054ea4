import type { Experiment } from '../../experiment/experiment.js';
import type { Cpu, Host } from '../../experiment/host.js';
import { readerCpu } from './reader-cpu.js';
import { coresFirst, cpuByNumber, siblings } from './topology.js';

/** CPUs of a software NIC's queues and of the readers behind them. */
export interface SoftwareNicCpus {
  /** CPU of the thread that serves each queue in use. */
  queueCpus: Map<number, number>;
  readerCpus: (number | null)[];
}

/**
 * Gives CPUs to queues and readers beside a wire. Readers that want a CPU of their own keep as many of the other CPUs as they are; queues
 * take what is left, the wire's CPU when nothing is, and then the readers' own, in turn.
 *
 * @param sendingCpus CPUs of the wire and of sending programs, the wire's first
 * @param queues queues that packets reach, in ascending order
 * @throws {HostError} when the host has no CPU that fits a reader's role
 */
export function softwareNicCpus({ nic, receiver }: Experiment, host: Host, sendingCpus: number[], queues: number[]): SoftwareNicCpus {
  const wireCpu = sendingCpus[0] ?? 0;
  const others = rankedBeside(host, sendingCpus);
  const wanted = wantedByReaders(receiver.placements);
  const isNear = nearWire(host, wireCpu, others);
  const near = others.filter(isNear);
  const far = others.filter((cpu) => !isNear(cpu));
  const kept = [...lastOf(near, wanted.near), ...lastOf(far, wanted.far)];
  const assigned = (queue: number) => cpuByNumber(host, nic.queueCpus[queue] ?? -1)?.cpu;
  const given = new Set(queues.map(assigned));
  const turn = [...others.filter((cpu) => !kept.includes(cpu)).map(({ cpu }) => cpu), wireCpu, ...kept.map(({ cpu }) => cpu)];
  const free = turn.filter((cpu) => !given.has(cpu));
  const inTurn = free.length ? free : turn;
  const queueCpus = new Map<number, number>();
  let next = 0;
  for (const queue of queues) queueCpus.set(queue, assigned(queue) ?? inTurn[next++ % inTurn.length] ?? wireCpu);
  const taken = new Set([...sendingCpus, ...queueCpus.values()]);
  const room = {
    host,
    queueCpu: (queue: number) => queueCpus.get(queue) ?? assigned(queue) ?? inTurn[next % inTurn.length] ?? wireCpu,
    free: [...roomiest(host, near, sendingCpus, taken, wanted.near), ...roomiest(host, far, sendingCpus, taken, wanted.far)],
    wraps: true,
  };
  return {
    queueCpus,
    readerCpus: receiver.placements.map((placement, index) => readerCpu(placement, `receiver.placements[${index}]`, room)),
  };
}

/** All CPUs that send nothing: the wire's node first, one thread of each core first, the wire's own core last. Where all send, all but the wire's. */
function rankedBeside(host: Host, sendingCpus: number[]): Cpu[] {
  const wire = cpuByNumber(host, sendingCpus[0] ?? 0);
  const rank = ({ node, core }: Cpu) => (node === wire?.node ? 0 : 2) + (core === wire?.core ? 1 : 0);
  const quiet = host.cpus.filter(({ cpu }) => !sendingCpus.includes(cpu));
  const beside = host.cpus.filter(({ cpu }) => cpu !== wire?.cpu);
  const others = [quiet, beside].find(({ length }) => length > 0) ?? host.cpus;
  return coresFirst(others).sort((a, b) => rank(a) - rank(b));
}

function nearWire(host: Host, wireCpu: number, others: Cpu[]): (cpu: Cpu) => boolean {
  const home = cpuByNumber(host, wireCpu)?.node;
  const queueNode = others.some(({ node }) => node === home) ? home : others[0]?.node;
  return ({ node }) => node === queueNode;
}

/** How many CPUs readers want beside the queues, in the queues' node and in another. */
function wantedByReaders(placements: Experiment['receiver']['placements']): { near: number; far: number } {
  const roles = new Set(
    placements.flatMap((placement) => (typeof placement === 'object' && 'role' in placement ? `${placement.role} ${placement.index}` : [])),
  );
  const count = (...names: string[]) => [...roles].filter((role) => names.includes(role.split(' ')[0] ?? '')).length;
  return { near: count('queue-node', 'queue-sibling'), far: count('other-node') };
}

/** CPUs without work whose core has none either; where they are too few, beside queues, then beside senders, and at last CPUs with work. */
function roomiest(host: Host, cpus: Cpu[], sendingCpus: number[], taken: Set<number>, wanted: number): Cpu[] {
  const idle = cpus.filter(({ cpu }) => !taken.has(cpu));
  const besideNone = (busy: (cpu: number) => boolean) => idle.filter(({ cpu }) => siblings(host, cpu).every((sibling) => !busy(sibling.cpu)));
  const choices = [besideNone((cpu) => taken.has(cpu)), besideNone((cpu) => sendingCpus.includes(cpu)), idle];
  return choices.find(({ length }) => length >= Math.max(1, wanted)) ?? (idle.length ? idle : cpus);
}

function lastOf(cpus: Cpu[], count: number): Cpu[] {
  return cpus.slice(Math.max(0, cpus.length - count));
}
