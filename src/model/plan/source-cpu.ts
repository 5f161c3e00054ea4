import { HostError } from '../../experiment/errors.js';
import type { Cpu, Host } from '../../experiment/host.js';
import type { Source } from '../../experiment/source.js';
import { cpuByNumber } from './topology.js';

/** CPU of a sending program on the receiver's own machine, null when unpinned. Throws a HostError when the host has no such CPU. */
export function sourceCpu({ placement }: Source, index: number, senders: Cpu[], host: Host): number | null {
  if (placement === 'unpinned') return null;
  if ('cpu' in placement) {
    if (!cpuByNumber(host, placement.cpu)) throw new HostError(`sources[${index}].placement: host ${host.name} has no CPU ${placement.cpu}`);
    return placement.cpu;
  }
  return senders[placement.index % senders.length]?.cpu ?? 0;
}
