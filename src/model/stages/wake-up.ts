import type { CostValues } from './cost-values.js';

/**
 * Coupling: a reader that found the socket empty sleeps, and the next packet wakes it. Both CPUs pay wakeUpNs.
 *
 * @param awake share of time in which none of the socket's readers sleeps, 0 to 1; any sleeping one is woken
 * @param arrivalPps packets per second at the socket; those that come within wakeLatencyNs need no wake-up of their own
 * @param gap time from falling asleep to the next packet, from packetGap() where one CPU fills the socket
 * @param costs of the CPU that wakes
 * @returns wake-ups a packet, 0 to 1
 * Source: exclusive wake-ups in __wake_up_common (kernel/sched/wait.c). Forced by the article's 480k with two readers against 638k with one: two sleep more.
 */
export function wakeUpsPerPacket(awake: number, arrivalPps: number, gap: number, costs: Pick<CostValues, 'wakeUpNs' | 'wakeLatencyNs'>): number {
  return Math.min(1, (1 - awake) / (gap + (arrivalPps * untilNextNs(costs)) / 1e9));
}

/**
 * Share of time in which all reading threads of one CPU are awake. They take turns on it: one that wakes while another runs waits, and is then
 * the next, so that more often than by chance one sleeps while another works.
 *
 * @param busy share of the CPU's time in which they work
 * @param threads that share it
 * @returns busy for one thread
 * Source: M/M/1/n, whose customers are the threads that are awake.
 */
export function allAwake(busy: number, threads: number): number {
  if (threads <= 1 || busy <= 0 || busy >= 1) return busy;
  // 1 + ρ + ... + ρ^n = 1 / (1 - busy)
  let ratio = (busy / (1 - busy)) ** (1 / threads);
  for (let step = 0; step < 20; step++) {
    let [sum, slope, power] = [0, 0, 1];
    for (let awake = 0; awake < threads; awake++) {
      slope += (awake + 1) * power;
      power *= ratio;
      sum += power;
    }
    const change = (busy / (1 - busy) - sum) / slope;
    ratio += change;
    if (Math.abs(change) < 1e-12 * ratio) break;
  }
  return (1 - busy) * ratio ** threads;
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
