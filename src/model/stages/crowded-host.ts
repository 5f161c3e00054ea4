import type { Costs } from '../../experiment/cost.js';
import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { Plan } from '../../experiment/plan.js';
import type { Source } from '../../experiment/source.js';
import { costBetween } from './cost-between.js';
import { sendPacketNs } from './source-core.js';

/** A paced source sleeps when its next batch is further away than this, and wakes earlier than due to spin the rest. Source: Pacer of the kit's own sender. */
const sleepsFromNs = 100_000;
const spinsNs = 60_000;

/**
 * The host as its readers meet it while sources keep the other CPUs busy. Threads that are no part of the experiment run where a CPU is idle; where
 * none is, they come to a reader's too, for longer than a tick does: `interruptedRatio` grows to `crowdedRatio`, and all that it grows by are stalls.
 * In between it goes by the share of time in which no CPU without a reader is idle, as if sources were independent.
 *
 * @returns the host itself where the sources are another machine, where one CPU has no source, or where nobody watched a crowded CPU
 * Cost: crowdedRatio. Source: select_idle_sibling in kernel/sched/fair.c (6.18); measured for this kit on a two-CPU guest, whose readers lose 2 % beside
 * a sender that sleeps and 3 to 6 % beside one that never does.
 */
export function crowdedHost(experiment: Experiment, plan: Pick<Plan, 'sourceCpus' | 'readerCpus' | 'receivePath'>, host: Host): Host {
  const { interruptedRatio, stallRatio, crowdedRatio } = host.costs;
  if (!interruptedRatio || !crowdedRatio || plan.receivePath === 'physical-nic' || plan.receivePath === 'software-nic') return host;
  const share = crowdedShare(experiment, plan, host);
  const addedRatio = share * Math.max(0, crowdedRatio.value - interruptedRatio.value);
  if (addedRatio === 0) return host;
  return {
    ...host,
    costs: {
      ...host.costs,
      interruptedRatio: costBetween(interruptedRatio, crowdedRatio, share),
      ...(stallRatio ? { stallRatio: { ...stallRatio, value: stallRatio.value + addedRatio, high: stallRatio.high + addedRatio } } : {}),
    },
  };
}

/** Share of time in which every CPU without a reader is busy with sources. */
function crowdedShare({ sources }: Experiment, { sourceCpus, readerCpus }: Pick<Plan, 'sourceCpus' | 'readerCpus'>, { cpus, costs }: Host): number {
  const others = cpus.filter(({ cpu }) => !readerCpus.includes(cpu));
  if (others.length === 0) return 0;
  return others.reduce((share, { cpu }) => {
    const busy = sources.reduce((sum, source, index) => sum + (sourceCpus[index] === cpu ? busyShare(source, costs) : 0), 0);
    return share * Math.min(1, busy);
  }, 1);
}

/** Share of time for which a source keeps its CPU from being idle. */
function busyShare({ kind, offeredPps, batchPackets }: Source, costs: Costs): number {
  if (kind === 'wire' || offeredPps === null) return 1;
  const betweenBatchesNs = (1e9 * batchPackets) / offeredPps;
  if (betweenBatchesNs <= sleepsFromNs) return 1;
  const packetNs = sendPacketNs(batchPackets, { sendNs: costs.sendNs.value, sendCallNs: costs.sendCallNs?.value ?? 0 }) + costs.softirqNs.value;
  return Math.min(1, (spinsNs + batchPackets * packetNs) / betweenBatchesNs);
}
