import type { ProcessorSolution, Solution } from '../solve/solution.js';
import { stalledShare } from '../stages/interruptions.js';
import type { Counts } from './counts.js';
import type { Layout } from './layout.js';
import { ticksPerSecond } from './ticks.js';

/**
 * What happened between two states of a machine, in the terms of predict's equations. A stage is offered what it passed on or
 * lost in the window, so that packets still in a queue count nowhere.
 */
export function solutionBetween(before: Counts, after: Counts, { scenario, costs }: Pick<Layout, 'scenario' | 'costs'>): Solution {
  const ticks = after.now - before.now;
  const perSecond = ticksPerSecond / ticks;
  type Series = { [name in keyof Counts]: Counts[name] extends number[] ? name : never }[keyof Counts];
  const grown = (name: Series, index: number) => (after[name][index] ?? 0) - (before[name][index] ?? 0);
  const processors = scenario.processors.map((_, p) => {
    const shares = { softirq: grown('softirqTicks', p) / ticks, system: grown('systemTicks', p) / ticks, user: grown('userTicks', p) / ticks };
    // A piece counts whole when it ends, so that the edges of the window can carry a share beyond 1.
    const over = Math.max(1, shares.softirq + shares.system + shares.user);
    return { softirq: shares.softirq / over, system: shares.system / over, user: shares.user / over };
  });
  return {
    sourcePps: scenario.sources.map((_, source) => grown('sent', source) * perSecond),
    flows: scenario.flows.map((_, flow) => ({
      offeredPps: (grown('serviced', flow) + grown('ringLost', flow)) * perSecond,
      servicedPps: grown('serviced', flow) * perSecond,
    })),
    sockets: scenario.sockets.map(({ readers }, socket) => {
      const deliveredPps = grown('delivered', socket) * perSecond;
      const offeredPps = deliveredPps + grown('socketLost', socket) * perSecond;
      if (stalledShare(costs) === 0) return { offeredPps, deliveredPps };
      const capacityPps = deliveredPps * idleFactor([...new Set(readers)].map((reader) => processors[reader] as ProcessorSolution));
      return { offeredPps, deliveredPps, stalledPps: Math.min(offeredPps, capacityPps) - deliveredPps };
    }),
    processors,
    utilization: {
      source: share(Math.max(...scenario.sources.map(({ wire }, source) => (wire === 'flood' ? 1 : 1 - grown('waitedTicks', source) / ticks)))),
      wire: share((after.wireTicks - before.wireTicks) / ticks),
      softirq: Math.max(0, ...processors.map(({ softirq }) => softirq)),
      reader: Math.max(
        0,
        ...scenario.sockets.flatMap(({ readers }) => readers.map((p) => (processors[p]?.system ?? 0) + (processors[p]?.user ?? 0))),
      ),
    },
    unknowns: [],
    residual: 0,
  };
}

/** How many times as much threads would do if their processors were never idle. */
function idleFactor(processors: ProcessorSolution[]): number {
  const threads = processors.reduce((sum, { system, user }) => sum + system + user, 0);
  const idle = processors.reduce((sum, { softirq, system, user }) => sum + 1 - softirq - system - user, 0);
  return 1 + idle / Math.max(threads, 1e-9);
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}
