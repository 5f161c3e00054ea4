import type { CostValues } from './cost-values.js';

/**
 * Coupling: a reader that found the socket empty sleeps, and the next packet wakes it. Both CPUs pay wakeUpNs.
 *
 * @param busy share of their time in which the socket's readers work, 0 to 1
 * @param readers threads that read the socket; any sleeping one is woken
 * @param arrivalPps packets per second at the socket; those that come within wakeLatencyNs need no wake-up of their own
 * @returns wake-ups a packet, 0 to 1
 * Source: exclusive wake-ups in __wake_up_common (kernel/sched/wait.c). Forced by the article's 480k with two readers against 638k with one: two sleep more.
 */
export function wakeUpsPerPacket(busy: number, readers: number, arrivalPps: number, costs: Pick<CostValues, 'wakeLatencyNs'>): number {
  return (1 - busy ** readers) / (1 + (arrivalPps * costs.wakeLatencyNs) / 1e9);
}
