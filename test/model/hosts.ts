import type { Experiment } from '../../src/experiment/experiment.js';
import type { Host } from '../../src/experiment/host.js';
import type { Nic } from '../../src/experiment/nic.js';
import type { Receiver } from '../../src/experiment/receiver.js';
import type { Source } from '../../src/experiment/source.js';
import { article } from '../../src/records/article.js';
import { sampleCosts } from './sample-costs.js';

/** The article's machine with costs that no fit moves, at a constant clock. */
export const sampleHost: Host = { ...article.host, costs: sampleCosts, turboRatios: [1] };

/** A small machine with a veth lab; costs of the sample unless given. */
export function labHost(cpus: number, changes: Partial<Host> = {}): Host {
  return {
    ...sampleHost,
    name: `lab-${cpus}`,
    kernelRelease: '6.18.0',
    cpus: Array.from({ length: cpus }, (_, cpu) => ({ cpu, core: cpu, node: 0 })),
    receivePath: 'veth',
    truesizeBytes: 832,
    ...changes,
  };
}

/** The article's pinned experiment with parts replaced. */
export function experimentWith(changes: {
  sources?: Partial<Source>[];
  nic?: Partial<Nic>;
  receiver?: Partial<Receiver>;
  payloadBytes?: number;
}): Experiment {
  const base = article.experiments.pinned as Experiment;
  const [source] = base.sources as [Source];
  return {
    ...base,
    id: 'test',
    payloadBytes: changes.payloadBytes ?? base.payloadBytes,
    sources: (changes.sources ?? [{}]).map((own, index) => ({ ...source, placement: { role: 'sender-core', index }, ...own })),
    nic: { ...base.nic, ...changes.nic },
    receiver: { ...base.receiver, ...changes.receiver },
  };
}
