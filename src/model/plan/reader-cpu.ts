import { HostError } from '../../experiment/errors.js';
import type { Cpu, Host } from '../../experiment/host.js';
import type { Placement } from '../../experiment/placement.js';
import { coresFirst, cpuByNumber, siblings } from './topology.js';

/** What a reader's role is resolved against. */
export interface ReaderRoom {
  host: Host;
  /** CPU of an RX queue. */
  queueCpu: (queue: number) => number;
  /** CPUs that may be given to readers without meeting a softirq or its sibling. */
  free: Cpu[];
  /** On one machine readers double up rather than fail: the index wraps around. */
  wraps: boolean;
}

/** CPU of a reading thread, null when unpinned. Throws a HostError when the host has none that fits. */
export function readerCpu(placement: Placement, field: string, room: ReaderRoom): number | null {
  if (placement === 'unpinned') return null;
  const { host } = room;
  if ('cpu' in placement) {
    if (!cpuByNumber(host, placement.cpu)) throw new HostError(`${field}: host ${host.name} has no CPU ${placement.cpu}; it has ${cpuList(host)}`);
    return placement.cpu;
  }
  const { role, queue, index } = placement;
  const queueCpu = room.queueCpu(queue);
  if (role === 'queue-cpu') return queueCpu;
  if (role === 'queue-sibling') {
    const sibling = siblings(host, queueCpu)[0];
    if (!sibling) throw new HostError(`${field}: CPU ${queueCpu} of host ${host.name} has no hyper-thread sibling`);
    return sibling.cpu;
  }
  const node = cpuByNumber(host, queueCpu)?.node;
  if (role === 'other-node' && host.cpus.every((cpu) => cpu.node === node)) throw new HostError(`${field}: host ${host.name} has a single NUMA node`);
  const fitting = coresFirst(room.free.filter((cpu) => (cpu.node === node) === (role === 'queue-node')));
  const chosen = fitting[room.wraps ? index % fitting.length : index];
  if (!chosen) {
    throw new HostError(
      `${field}: host ${host.name} has ${fitting.length} CPUs for role ${role} of queue ${queue}, index ${index} needs ${index + 1}`,
    );
  }
  return chosen.cpu;
}

function cpuList(host: Host): string {
  const numbers = host.cpus.map(({ cpu }) => cpu).sort((a, b) => a - b);
  return numbers.length > 1 ? `CPUs ${numbers[0]} to ${numbers[numbers.length - 1]}` : `CPU ${numbers[0]}`;
}
