import { statfsSync } from 'node:fs';
import type { Host } from '../../experiment/index.js';
import { findProgram, readFacts, readHost } from '../../host/index.js';
import { versions } from '../../lab/versions.js';
import { packageRoot } from '../../records/package-root.js';
import type { HostDescription } from '../protocol/protocol.js';
import { controlInterfaces } from './control-interfaces.js';
import { readNic } from './read-nic.js';

/** Programs that changes to a host are made with. */
const programs = ['ip', 'iptables', 'ethtool'];

/** Says what this host is, for whoever plans a run on it; changes nothing. */
export async function describeHost(device: string): Promise<HostDescription> {
  const nic = readNic(device);
  const { bavail, bsize } = statfsSync(packageRoot);
  return {
    host: { ...(await readHost()), ...receivePathOf(nic?.driver ?? null) },
    facts: readFacts(),
    versions: versions(),
    isRoot: process.getuid?.() === 0,
    programs: Object.fromEntries(programs.map((name) => [name, findProgram(name) !== null])),
    nic,
    controlInterfaces: controlInterfaces(),
    freeBytes: bavail * bsize,
  };
}

function receivePathOf(driver: string | null): Pick<Host, 'receivePath' | 'nicDriver'> {
  if (driver === 'veth') return { receivePath: 'veth' };
  return { receivePath: 'physical-nic', ...(driver ? { nicDriver: driver } : {}) };
}
