import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import { costBetween } from './cost-between.js';

/** Socket buffers up to which packets are still in the second-level cache when they are read, and from which on none is [measured on a guest with 1 MiB a core]. */
const cachedBytes = 512 << 10;
const coldBytes = 4 << 20;

/**
 * The host as packets in a large socket buffer meet it: a full one that exceeds the caches is read from memory (`coldReadNs` in the place of readNs).
 * In between the price goes by the logarithm of the size. Where a buffer is not full, its reader waits for packets and the price of reading them hardly
 * matters.
 *
 * @returns the host itself for buffers that the caches hold, and where nobody measured the price
 * Cost: coldReadNs. Source: measured for this kit on a two-CPU guest, a reader of full buffers: 560 ns a packet up to 0.4 MiB, 690, 790 and 930 ns for
 * 0.8, 1.6 and 4 MiB.
 */
export function coldReadHost({ receiver }: Experiment, host: Host): Host {
  const { readNs, coldReadNs } = host.costs;
  const share = Math.min(1, Math.log((receiver.socketBufferBytes ?? host.socketBufferBytes) / cachedBytes) / Math.log(coldBytes / cachedBytes));
  if (!coldReadNs || !(share > 0)) return host;
  return { ...host, costs: { ...host.costs, readNs: costBetween(readNs, coldReadNs, share) } };
}
