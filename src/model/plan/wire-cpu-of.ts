import { HostError } from '../../experiment/errors.js';
import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import { cpuByNumber } from './topology.js';

/** The CPU that wire sources name, which is one: the wire is a single thread. */
export function wireCpuOf({ sources }: Experiment, host: Host): number | undefined {
  const named = sources.flatMap(({ kind, placement }, index) =>
    kind !== 'socket' && typeof placement === 'object' && 'cpu' in placement ? { index, cpu: placement.cpu } : [],
  );
  const other = named.find(({ cpu }) => cpu !== named[0]?.cpu);
  if (other)
    throw new HostError(`sources[${other.index}].placement: all wire sources run on one CPU; sources[${named[0]?.index}] names CPU ${named[0]?.cpu}`);
  const [first] = named;
  if (first && !cpuByNumber(host, first.cpu)) throw new HostError(`sources[${first.index}].placement: host ${host.name} has no CPU ${first.cpu}`);
  return first?.cpu;
}
