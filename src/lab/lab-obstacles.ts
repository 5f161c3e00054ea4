import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { HostError } from '../experiment/index.js';

/** Bits of include/uapi/linux/capability.h that namespaces and interfaces need. */
const needed = { CAP_NET_ADMIN: 12, CAP_SYS_ADMIN: 21 };

function lackingCapabilities(): string[] {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'}`);
  return Object.entries(needed)
    .filter(([, bit]) => !((effective >> BigInt(bit)) & 1n))
    .map(([name]) => name);
}

/** Says whether this process may not make network namespaces on a machine that has them. */
export function lacksPrivileges(): boolean {
  return os.platform() === 'linux' && lackingCapabilities().length > 0;
}

/** What keeps this machine from running the lab, one sentence each with what to do; empty when nothing does. */
export function labObstacles(): string[] {
  if (os.platform() !== 'linux') return [`measuring needs Linux, this is ${os.platform()}; lessons replay recorded runs`];
  const obstacles: string[] = [];
  const lacking = lackingCapabilities();
  if (lacking.length) obstacles.push(`network namespaces need ${lacking.join(' and ')}; run the command as root, for example with sudo`);
  if (!['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip', '/bin/ip'].some((file) => existsSync(file)))
    obstacles.push('the program ip is missing; Debian: apt-get install iproute2');
  return obstacles;
}

/** @throws {HostError} when something keeps this machine from running the lab, with what to do */
export function requireLab(): void {
  const obstacles = labObstacles();
  if (obstacles.length) throw new HostError(`lab: ${obstacles.join('; ')}`);
}
