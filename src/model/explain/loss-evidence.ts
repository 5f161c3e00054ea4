import type { Host } from '../../experiment/host.js';
import type { LossPlace } from '../../experiment/outcome.js';
import { nicCounterNames } from '../counters/nic-counter-names.js';
import { socketDropCounter } from '../counters/socket-drop-counter.js';
import { kernelAtLeast } from '../stages/kernel-version.js';

/** What proves, on a host itself, that packets die in one place. */
export interface LossEvidence {
  /** Name of the counter that grows with every such packet. */
  counter: string;
  /** Where the host shows it. */
  where: string;
  /** What else the counter counts, or does not; empty where it counts these packets and no others. */
  caveat: string;
}

const snmp = '/proc/net/snmp, nstat -az, netstat -su';

/**
 * The counter that proves a loss on a host of this kernel release, driver and receive path.
 *
 * @param takesFrames whether the socket is one of AF_XDP
 * Source: net/ipv4/udp.c; commits 3e215c8d1b6b (3.16, RcvbufErrors) and a3ce2b109a59 (5.11, MemErrors);
 * net/core/net-procfs.c; ethtool statistics of the drivers.
 * @example
 * lossEvidence('socketBuffer', { kernelRelease: '3.13', receivePath: 'physical-nic' }).counter // => 'Udp.InErrors'
 * lossEvidence('nicRing', { kernelRelease: '6.1.0', receivePath: 'physical-nic', nicDriver: 'mlx5_core' }).counter // => 'rx_out_of_buffer'
 */
export function lossEvidence(place: LossPlace, host: Pick<Host, 'kernelRelease' | 'receivePath' | 'nicDriver'>, takesFrames = false): LossEvidence {
  const since = (major: number, minor: number) => kernelAtLeast(host.kernelRelease, major, minor);
  const udp = (name: string, caveat = ''): LossEvidence => ({ counter: `Udp.${name}`, where: snmp, caveat });
  switch (place) {
    case 'sendBuffer':
      return udp('SndbufErrors', 'on the sending host');
    case 'qdisc':
      return { counter: 'dropped', where: 'tc -s qdisc', caveat: 'on the sending host' };
    case 'nicRing':
      return host.receivePath === 'software-nic'
        ? { counter: nicCounterNames().ringDrops, where: 'the record of the run', caveat: 'the kit counts it itself: offered less served' }
        : { counter: nicCounterNames(host.nicDriver).ringDrops, where: 'ethtool -S', caveat: '' };
    case 'backlog':
      return { counter: 'softnet_stat dropped', where: '/proc/net/softnet_stat, second column', caveat: 'of all interfaces of the CPU' };
    case 'firewall':
      return { counter: 'Ip.InReceives less Ip.InDelivers', where: snmp, caveat: 'with errors of IP itself; iptables -xvnL shows which rule' };
    case 'noPort':
      return udp('NoPorts');
    case 'checksum':
      return since(3, 10) ? udp('InCsumErrors') : udp('InErrors', 'with every other error');
    case 'memory':
      return since(5, 11) ? udp('MemErrors') : udp('InErrors', 'beyond what RcvbufErrors and InCsumErrors account for');
    case 'socketBuffer':
      if (takesFrames)
        return { counter: 'rx_dropped', where: 'getsockopt XDP_STATISTICS', caveat: 'rx_fill_ring_empty_descs counts the same frames' };
      return udp(
        socketDropCounter(host.kernelRelease),
        since(3, 16) ? 'InErrors contains it: never add the two' : 'with every other error; RcvbufErrors counts only a part',
      );
    case 'inFlight':
      return { counter: 'none', where: 'nowhere', caveat: 'still on its way when counting ended' };
  }
}
