import { checkInteger } from '../formulas/check-integer.js';
import { checkNumber } from '../formulas/check-number.js';
import { randomNumbers } from '../predict/random-numbers.js';

/** Packets of some flows on queues served side by side. */
export interface SteeringExperiment {
  /** `hash`: a queue for each flow. `round-robin`: the next queue for each packet. */
  policy: 'hash' | 'round-robin';
  /** Number of flows, 1 to 1e5; each packet belongs to any of them. */
  flows: number;
  /** Number of queues, 1 to 1024. */
  queues: number;
  /** Packets sent, 1 to 1e6; 20,000 by default. */
  packets?: number;
  /** Offered share of what all queues together can serve, above 0 to 100; 0.8 by default. */
  load?: number;
  /** Packets that already wait in each queue at the start; 0 to 63 at random by default. */
  backlogs?: number[];
  /** The same seed gives both policies the same packets and service times; 1 by default. */
  seed?: number;
}

/** What a steering policy did to order and balance. */
export interface SteeringResult {
  /** Share of the packets that a later one of the same flow overtook (RFC 4737, "reordered"). */
  overtakenShare: number;
  /** Share of the packets that the busiest queue got: 1/queues is perfect balance. */
  busiestQueueShare: number;
  /** Mean time from arrival to the end of service, in mean service times. */
  meanDelay: number;
}

/**
 * Why NICs hash and do not deal packets out in turn: packet by packet, each queue first come first served, Poisson
 * arrivals, exponential service. Hashing never reorders a flow, whatever the backlogs, and pays for it with imbalance;
 * round robin balances, and a packet behind a long queue is overtaken by the next one behind a short queue.
 *
 * @throws {RangeError} when a parameter is outside its range
 * Source: RFC 4737 section 3 for what counts as reordered.
 * @example
 * reorderingByPolicy({ policy: 'hash', flows: 8, queues: 4 }).overtakenShare // => 0
 */
export function reorderingByPolicy(experiment: SteeringExperiment): SteeringResult {
  const { policy, flows, queues, packets = 20_000, load = 0.8, seed = 1 } = experiment;
  if (policy !== 'hash' && policy !== 'round-robin')
    throw new RangeError(`reorderingByPolicy: policy must be "hash" or "round-robin", got ${JSON.stringify(policy)}`);
  checkInteger('reorderingByPolicy', 'flows', flows, 1, 1e5);
  checkInteger('reorderingByPolicy', 'queues', queues, 1, 1024);
  checkInteger('reorderingByPolicy', 'packets', packets, 1, 1e6);
  if (!(load > 0 && load <= 100)) throw new RangeError(`reorderingByPolicy: load must be above 0 and at most 100, got ${load}`);
  checkInteger('reorderingByPolicy', 'seed', seed, 0, 0xffffffff);
  // A stream for each purpose, so that both policies meet the same packets.
  const [gaps, services, owners, hashes, starts] = [0, 1, 2, 3, 4].map((purpose) => randomNumbers(seed * 5 + purpose)) as [
    Random,
    Random,
    Random,
    Random,
    Random,
  ];
  const backlogs = experiment.backlogs ?? Array.from({ length: queues }, () => Math.floor(starts() * 64));
  if (backlogs.length !== queues)
    throw new RangeError(`reorderingByPolicy: backlogs must have one number for each of ${queues} queues, got ${backlogs.length}`);
  for (const [queue, backlog] of backlogs.entries()) checkNumber('reorderingByPolicy', `backlogs[${queue}]`, backlog);
  const queueOfFlow = Int32Array.from({ length: flows }, () => Math.floor(hashes() * queues));
  const freeAt = Float64Array.from(backlogs);
  const received = new Float64Array(queues);
  const flowOf = new Int32Array(packets);
  const doneAt = new Float64Array(packets);
  let now = 0;
  let delays = 0;
  for (let packet = 0; packet < packets; packet++) {
    now += exponential(gaps) / (load * queues);
    const flow = Math.floor(owners() * flows);
    const queue = policy === 'hash' ? (queueOfFlow[flow] ?? 0) : packet % queues;
    const done = Math.max(now, freeAt[queue] ?? 0) + exponential(services);
    freeAt[queue] = done;
    received[queue] = (received[queue] ?? 0) + 1;
    flowOf[packet] = flow;
    doneAt[packet] = done;
    delays += done - now;
  }
  return {
    overtakenShare: countOvertaken(flowOf, doneAt, flows) / packets,
    busiestQueueShare: received.reduce((most, count) => Math.max(most, count), 0) / packets,
    meanDelay: delays / packets,
  };
}

type Random = () => number;

function exponential(random: Random): number {
  return -Math.log1p(-random());
}

/** Packets that are done later than one of their flow that was sent after them. */
function countOvertaken(flowOf: Int32Array, doneAt: Float64Array, flows: number): number {
  const earliestLater = new Float64Array(flows).fill(Number.POSITIVE_INFINITY);
  let overtaken = 0;
  for (let packet = flowOf.length - 1; packet >= 0; packet--) {
    const [flow, done] = [flowOf[packet] ?? 0, doneAt[packet] ?? 0];
    if ((earliestLater[flow] ?? 0) < done) overtaken++;
    else earliestLater[flow] = done;
  }
  return overtaken;
}
