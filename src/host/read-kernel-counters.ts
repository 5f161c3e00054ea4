import { readFileSync } from 'node:fs';
import type { KernelCounters } from '../experiment/index.js';
import { parseNetDev } from './parse-net-dev.js';
import { parseProcStat } from './parse-proc-stat.js';
import { parseSnmp } from './parse-snmp.js';
import { parseSoftnetStat } from './parse-softnet-stat.js';

/** Where the two ends of the traffic can be read: a process in each network namespace and its interface there. */
export interface CounterPlaces {
  senderPid: number;
  senderDevice: string;
  receiverPid: number;
  receiverDevice: string;
}

/** Reads every kernel counter of a run at once. @throws {Error} with code ENOENT when a process has gone */
export function readKernelCounters(places: CounterPlaces): KernelCounters {
  const net = (pid: number, file: string) => readFileSync(`/proc/${pid}/net/${file}`, 'utf8');
  return {
    senderSnmp: parseSnmp(net(places.senderPid, 'snmp'), ['Ip', 'Udp']),
    receiverSnmp: parseSnmp(net(places.receiverPid, 'snmp'), ['Ip', 'Udp']),
    senderDevice: parseNetDev(net(places.senderPid, 'dev'), places.senderDevice),
    receiverDevice: parseNetDev(net(places.receiverPid, 'dev'), places.receiverDevice),
    softnet: parseSoftnetStat(readFileSync('/proc/net/softnet_stat', 'utf8')),
    cpuTicks: parseProcStat(readFileSync('/proc/stat', 'utf8')),
  };
}
