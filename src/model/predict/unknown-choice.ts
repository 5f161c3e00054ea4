import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { HashField } from '../../experiment/nic.js';
import type { Plan, PlannedFlow } from '../../experiment/plan.js';
import { kernelAtLeast } from '../stages/kernel-version.js';

/** Something that a plan leaves open, with equally likely outcomes. */
export interface UnknownChoice {
  outcomes: number[];
  decide: (plan: Plan, outcome: number) => void;
}

/** Everything that a plan leaves open: queues behind an unknown RSS key, sockets behind the boot secret, unpinned threads. */
export function unknownChoices(plan: Plan, experiment: Experiment, host: Host): UnknownChoice[] {
  const cpus = host.cpus.map(({ cpu }) => cpu);
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
  const { nic, receiver } = experiment;
  return [
    ...hashed(plan.flows, 'queue', (flow) => rssKey(flow, nic.hashFields), nic.indirectionTable ?? upTo(nic.queues)),
    ...hashed(plan.flows, 'socket', (flow) => reuseportKey(flow, experiment, host), upTo(receiver.placements.length)),
    ...placed('readerCpus', plan, cpus),
    ...(plan.receivePath === 'physical-nic' ? [] : placed('sourceCpus', plan, cpus)),
  ];
}

/** One choice for each unpinned thread: any CPU. */
function placed(threads: 'readerCpus' | 'sourceCpus', plan: Plan, cpus: number[]): UnknownChoice[] {
  return indicesOfNull(plan[threads]).map((index) => ({
    outcomes: cpus,
    decide: (to, cpu) => {
      to[threads][index] = cpu;
    },
  }));
}

/** Flows with equal keys share one draw: a hash sends them the same way. */
function hashed(flows: PlannedFlow[], target: 'queue' | 'socket', keyOf: (flow: PlannedFlow) => string, outcomes: number[]): UnknownChoice[] {
  const groups = new Map<string, number[]>();
  for (const [index, flow] of flows.entries()) {
    if (flow[target] === null) groups.set(keyOf(flow), [...(groups.get(keyOf(flow)) ?? []), index]);
  }
  return [...groups.values()].map((members) => ({
    outcomes,
    decide: (plan, outcome) => {
      for (const member of members) {
        const flow = plan.flows[member];
        if (flow) plan.flows[member] = { ...flow, [target]: outcome };
      }
    },
  }));
}

function rssKey(flow: PlannedFlow, fields: HashField[]): string {
  return [fields.includes('destinationAddress') ? flow.destinationAddress : '', fields.includes('sourcePort') ? flow.sourcePort : ''].join(' ');
}

/** Since 5.0 [recall] a group bound to 0.0.0.0 is looked up by the wildcard address, so only the source port tells flows apart. */
function reuseportKey(flow: PlannedFlow, { receiver }: Experiment, host: Host): string {
  if (receiver.steering === 'queue') return `queue of ${flow.destinationAddress} ${flow.sourcePort}`;
  return kernelAtLeast(host.kernelRelease, 5, 0) ? `${flow.sourcePort}` : `${flow.destinationAddress} ${flow.sourcePort}`;
}

function indicesOfNull(list: (number | null)[]): number[] {
  return list.flatMap((value, index) => (value === null ? [index] : []));
}
