import { type Cpu, HostError } from '../experiment/index.js';
import { readTopology } from '../host/index.js';
import type { MicroCpus } from './micro-runs.js';

/** A sender's CPU and a reader's CPU on two cores of one node, and a third one where there is one. @throws {HostError} where there is one CPU only */
export function calibrationCpus(cpus: readonly Cpu[] = readTopology()): MicroCpus {
  const sender = cpus[0];
  const reader = cpus.find(({ core, node }) => core !== sender?.core && node === sender?.node) ?? cpus.find(({ cpu }) => cpu !== sender?.cpu);
  if (!sender || !reader) throw new HostError('calibrate: this machine has one CPU, and the series needs two');
  const others = cpus.filter(({ core, node }) => core !== sender.core && core !== reader.core && node === sender.node);
  return { sender: sender.cpu, reader: reader.cpu, other: (others[0] ?? sender).cpu };
}
