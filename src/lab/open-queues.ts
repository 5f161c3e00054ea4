import type { Run } from '../experiment/index.js';

/** A queue that got another number of packets than the sources sent to it. */
export interface OpenQueue {
  queue: number;
  expected: number;
  offered: number;
}

/** A packet of more payload than this travels in fragments, and the NIC counts each. */
const longestWholePayloadBytes = 1472;

/**
 * Queues of the software NIC whose account does not close, by the sources' own counts and the flows of the plan. A source of the wire takes
 * its flows strictly in turn; a program sends batches, so its packets are known by queue only where all its flows share one.
 *
 * @param tolerance share of the packets of a queue
 */
export function openQueues(
  { experiment, plan, outcome, samples }: Pick<Run, 'experiment' | 'plan' | 'outcome' | 'samples'>,
  tolerance: number,
): OpenQueue[] {
  const [start, end] = [samples[0], samples.at(-1)];
  if (!start?.nicQueues || !end?.nicQueues || experiment.payloadBytes > longestWholePayloadBytes) return [];
  const expected = new Map<number | null, number>();
  for (const [index, counters] of end.senders.entries()) {
    const flows = plan.flows.filter(({ source }) => source === index);
    if (typeof plan.wirePps?.[index] !== 'number' && new Set(flows.map(({ queue }) => queue)).size > 1) return [];
    const sent = counters.packets - (start.senders[index]?.packets ?? 0);
    for (const { queue } of flows) expected.set(queue, (expected.get(queue) ?? 0) + sent / flows.length);
  }
  // What the veth's own queue dropped on the way was sent and never came; which queue it was meant for nobody knows.
  const slack = plan.flows.length + (outcome.lossesPackets?.sendBuffer ?? 0);
  return end.nicQueues.flatMap(({ queue, offered }) => {
    const came = offered - (start.nicQueues?.find((each) => each.queue === queue)?.offered ?? 0);
    const meant = Math.round(expected.get(queue) ?? 0);
    return Math.abs(came - meant) > slack + tolerance * meant ? [{ queue, expected: meant, offered: came }] : [];
  });
}
