import type { Experiment } from '../../experiment/experiment.js';
import type { Cpu, Host } from '../../experiment/host.js';
import { cpuByNumber } from '../plan/topology.js';
import type { Scenario } from '../solve/scenario.js';
import type { NamedScenario } from '../solve/scenario-of.js';
import type { CostValues } from '../stages/cost-values.js';
import type { ReaderDistance } from '../stages/hand-over.js';

/** Packets that the kernel queues for the softirq of another CPU: net.core.netdev_max_backlog. Source: net/core/dev.c. */
const backlogPackets = 1000;

/** A scenario with what only a simulation needs: single queues, the order of sending, and who is how far from whom. */
export interface Layout {
  scenario: Scenario;
  costs: CostValues;
  sources: LaidOutSource[];
  rings: LaidOutRing[];
  /** From the processor that fills a socket (first index) to the one that reads it. */
  distances: ReaderDistance[][];
}

/** A sending thread's way through its flows. */
export interface LaidOutSource {
  /** Messages in one sendmmsg; the next batch takes the next turn. */
  batchPackets: number;
  turns: Turn[];
}

/** Where the packets of one batch go. */
export interface Turn {
  /** Index of the scenario's flow. */
  flow: number;
  /** Index of the ring; -1 where the softirq runs inside sendmmsg. */
  ring: number;
}

/** An RX ring, or the backlog of a CPU to which RPS hands packets. */
export interface LaidOutRing {
  processor: number;
  packets: number;
}

/** Lays a scenario out. A source takes its addresses and ports in turn, one a batch, where predict spreads them evenly. */
export function layoutOf(named: NamedScenario, experiment: Experiment, host: Host, costs: CostValues): Layout {
  const { scenario } = named;
  const hasRings = scenario.receivePath === 'physical-nic' || scenario.nic !== undefined;
  const names: string[] = [];
  const rings: LaidOutRing[] = [];
  const ringOf = (flow: number, queue: number): number => {
    const { processor, inline } = scenario.flows[flow] ?? { processor: 0, inline: true };
    if (inline) return -1;
    const name = hasRings ? `queue ${queue}` : `backlog ${processor}`;
    if (!names.includes(name)) {
      names.push(name);
      rings.push({ processor, packets: hasRings ? experiment.nic.ringPackets : backlogPackets });
    }
    return names.indexOf(name);
  };
  const sources = experiment.sources.map(({ destinations, sourcePorts, batchPackets }, source): LaidOutSource => {
    const all = destinations.length * sourcePorts.length;
    const turns = scenario.flows.flatMap((flow, index) =>
      flow.source !== source
        ? []
        : [...(named.queues[index] ?? [])].flatMap(([queue, share]) =>
            Array.from({ length: Math.round(share * all) }, () => ({ flow: index, ring: ringOf(index, queue) })),
          ),
    );
    // The wire takes its addresses and ports in turn, one a packet.
    return { batchPackets: scenario.sources[source]?.wire ? 1 : (scenario.sources[source]?.batchPackets ?? batchPackets), turns };
  });
  const cpus = named.cpus.map((cpu) => cpuByNumber(host, cpu));
  const distances = cpus.map((from) => cpus.map((to) => distanceBetween(from, to)));
  return { scenario, costs, sources, rings, distances };
}

function distanceBetween(from: Cpu | undefined, to: Cpu | undefined): ReaderDistance {
  if (from?.cpu === to?.cpu) return { near: 0, far: 0 };
  return from?.node === to?.node ? { near: 1, far: 0 } : { near: 0, far: 1 };
}
