import { type Cpu, HostError } from '../experiment/index.js';
import { readTopology } from '../host/index.js';

/** A sender's CPU and a reader's CPU on two cores of one node. @throws {HostError} where there is one CPU only */
export function calibrationCpus(cpus: readonly Cpu[] = readTopology()): { sender: number; reader: number } {
  const sender = cpus[0];
  const reader = cpus.find(({ core, node }) => core !== sender?.core && node === sender?.node) ?? cpus.find(({ cpu }) => cpu !== sender?.cpu);
  if (!sender || !reader) throw new HostError('calibrate: this machine has one CPU, and the series needs two');
  return { sender: sender.cpu, reader: reader.cpu };
}
