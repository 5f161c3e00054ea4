import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { hardwareDevice, runCommand } from '../../host/index.js';
import type { NicFacts } from '../protocol/protocol.js';

/** Facts of a network interface; null when there is none of that name. @param name checked by the protocol: it cannot be a path */
export function readNic(name: string): NicFacts | null {
  const folder = `/sys/class/net/${name}`;
  if (!existsSync(folder)) return null;
  const number = (file: string) => {
    try {
      return Number(readFileSync(path.resolve(folder, file), 'utf8'));
    } catch {
      // Interfaces without a link or a device have no such file, or one that cannot be read.
      return null;
    }
  };
  const listed = JSON.parse(runCommand(['ip', '-j', '-4', 'address', 'show', 'dev', name])) as {
    addr_info?: { local: string; prefixlen: number }[];
  }[];
  const speed = number('speed');
  const node = number(path.join(hardwareDevice(name)?.busFolder ?? 'device', 'numa_node'));
  return {
    interface: name,
    driver: driverOf(name),
    mtuBytes: number('mtu') ?? 0,
    carrier: number('carrier') === 1,
    speedMbps: speed !== null && speed > 0 ? speed : null,
    node: node !== null && node >= 0 ? node : null,
    rxQueues: readdirSync(path.join(folder, 'queues')).filter((queue) => queue.startsWith('rx-')).length,
    addresses: listed.flatMap(({ addr_info = [] }) => addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen}`)),
  };
}

/** The device's driver; for software interfaces, which have no device, the kernel's word for their kind. */
function driverOf(name: string): string | null {
  const link = `/sys/class/net/${name}/device/driver`;
  if (existsSync(link)) return path.basename(readlinkSync(link));
  const [found] = JSON.parse(runCommand(['ip', '-j', '-d', 'link', 'show', 'dev', name])) as { linkinfo?: { info_kind?: string } }[];
  return found?.linkinfo?.info_kind ?? null;
}
