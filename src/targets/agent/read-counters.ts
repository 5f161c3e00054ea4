import { readFileSync } from 'node:fs';
import type { KernelCounters } from '../../experiment/index.js';
import { parseNetDev, parseProcStat, parseSnmp, parseSoftnetStat } from '../../host/index.js';
import type { Reading } from '../protocol/protocol.js';

/** This host's kernel counters around a test interface. */
export function readCounters(device: string): Pick<Reading, 'snmp' | 'device'> & Pick<KernelCounters, 'softnet' | 'cpuTicks'> {
  const read = (file: string) => readFileSync(file, 'utf8');
  return {
    snmp: parseSnmp(read('/proc/self/net/snmp'), ['Ip', 'Udp']),
    // /proc/net/dev adds what the ring lost to rxDropped; only sysfs tells the two apart.
    device: { ...parseNetDev(read('/proc/self/net/dev'), device), rxMissed: Number(read(`/sys/class/net/${device}/statistics/rx_missed_errors`)) },
    softnet: parseSoftnetStat(read('/proc/net/softnet_stat')),
    cpuTicks: parseProcStat(read('/proc/stat')),
  };
}
