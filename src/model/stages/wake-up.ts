import type { CostValues } from './cost-values.js';

/**
 * Coupling: a reader that found the socket empty sleeps, and the next packet wakes it. Both CPUs pay wakeUpNs.
 *
 * @param busy share of their time in which the socket's readers work, 0 to 1
 * @param readers threads that read the socket and get to run; any sleeping one is woken
 * @param arrivalPps packets per second at the socket; those that come within wakeLatencyNs need no wake-up of their own
 * @param gap time from falling asleep to the next packet, from packetGap() where one CPU fills the socket
 * @returns wake-ups a packet, 0 to 1
 * Source: exclusive wake-ups in __wake_up_common (kernel/sched/wait.c). Forced by the article's 480k with two readers against 638k with one: two sleep more.
 */
export function wakeUpsPerPacket(
  busy: number,
  readers: number,
  arrivalPps: number,
  gap: number,
  costs: Pick<CostValues, 'wakeUpNs' | 'wakeLatencyNs'>,
): number {
  return Math.min(1, (1 - busy ** readers) / (gap + (arrivalPps * untilNextNs(costs)) / 1e9));
}

/** Mean time in which no further wake-up can begin: until the reader is there, or the waking CPU free again, whichever is later. */
function untilNextNs({ wakeUpNs, wakeLatencyNs }: Pick<CostValues, 'wakeUpNs' | 'wakeLatencyNs'>): number {
  return wakeLatencyNs + wakeUpNs * Math.exp(-wakeLatencyNs / wakeUpNs);
}

/**
 * Time from a moment in which a CPU wakes nobody to the next packet that it puts into a socket, in mean times between its packets. A CPU
 * with packets waiting loses no time but that of its wake-ups, so that they come faster than on average; one that waits for packets
 * puts them as they come (Burke).
 *
 * @param busy share of its time in which the CPU sends or receives, wake-ups included
 * @param waking share of its time in which it wakes readers
 * @param evenness of its packets in time, from stepEvenness()
 * @returns 1 for a CPU that hardly wakes anybody, (1 - waking) * evenness for one that is always busy
 */
export function packetGap(busy: number, waking: number, evenness: number): number {
  return waking < busy ? (busy - waking) * evenness + (1 - busy) / (1 - waking) : 1;
}

/**
 * Mean time to the end of a packet of two exponential steps, seen from any moment, over the packet's mean time: a sender that receives its
 * own packets sends first. 1 for a single step, 3/4 for equal ones: two steps are more regular than one. (Residual life of a renewal process.)
 */
export function stepEvenness(first: number, second: number): number {
  const both = first + second;
  return both > 0 ? 1 - (first * second) / both ** 2 : 1;
}
