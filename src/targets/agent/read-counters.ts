import { existsSync, readFileSync } from 'node:fs';
import type { KernelCounters } from '../../experiment/index.js';
import { parseNetDev, parseProcStat, parseSnmp, parseSoftnetStat } from '../../host/index.js';
import type { Reading } from '../protocol/protocol.js';

/** This host's kernel counters around a test interface. */
export function readCounters(device: string): Pick<Reading, 'snmp' | 'device'> & Pick<KernelCounters, 'softnet' | 'cpuTicks'> {
  const read = (file: string) => readFileSync(file, 'utf8');
  return {
    snmp: parseSnmp(read('/proc/self/net/snmp'), ['Ip', 'Udp']),
    device: { ...parseNetDev(read('/proc/self/net/dev'), device), ...ringLosses(device) },
    softnet: parseSoftnetStat(read('/proc/net/softnet_stat')),
    cpuTicks: parseProcStat(read('/proc/stat')),
  };
}

/**
 * What the ring of a NIC lost: most drivers count it as missed, which /proc/net/dev adds to rxDropped, Solarflare's as over. Only sysfs tells the
 * two apart. A device without hardware has no ring.
 *
 * @source net/core/net-procfs.c dev_seq_printf_stats (6.18), drivers/net/ethernet/sfc (rx_nodesc_drop_cnt)
 */
function ringLosses(device: string): { rxMissed?: number; rxOver?: number } {
  const folder = `/sys/class/net/${device}`;
  const read = (name: string) => Number(readFileSync(`${folder}/statistics/${name}`, 'utf8'));
  return existsSync(`${folder}/device`) ? { rxMissed: read('rx_missed_errors'), rxOver: read('rx_over_errors') } : {};
}
