import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import type { Host, ReceivePath } from '../experiment/index.js';
import { assumedCosts } from './assumed-costs.js';
import { readFacts } from './read-facts.js';
import { readTopology } from './read-topology.js';

/** Size of one small datagram in a socket buffer where skbs come from the small-head cache of a plain configuration; calibration measures it. */
const usualTruesizeBytes = 832;

/** Tells two machines of a kind apart without saying whose they are: a few digits of a hash of systemd's machine id, which is not to be shown itself. */
function machineMark(): string {
  if (!existsSync('/etc/machine-id')) return '';
  return ` (${createHash('sha256').update('million-packets').update(readFileSync('/etc/machine-id')).digest('hex').slice(0, 4)})`;
}

/**
 * Describes this machine without changing anything. Costs are assumptions until `calibrate` replaces them.
 *
 * @param receivePath the way that packets shall take here
 * @throws {Error} with code ENOENT where there is no /sys (not Linux)
 */
export async function readHost(receivePath: ReceivePath = 'veth'): Promise<Host> {
  const facts = readFacts();
  const socketBufferBytes = facts['net.core.rmem_default'];
  const cpus = readTopology();
  return {
    name: `${facts.cpuModel ?? 'unknown CPU'}, ${cpus.length} CPUs, Linux ${os.release()}${machineMark()}`,
    origin: 'read from /proc and /sys; costs assumed',
    kernelRelease: os.release(),
    cpus,
    receivePath,
    socketBufferBytes: typeof socketBufferBytes === 'number' ? socketBufferBytes : 212_992,
    truesizeBytes: usualTruesizeBytes,
    costs: assumedCosts(receivePath),
    runToRunSpread: 0.1,
  };
}
