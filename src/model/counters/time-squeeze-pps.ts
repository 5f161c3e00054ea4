import { pollPackets } from '../stages/softirq.js';

/** net.core.netdev_budget: packets after which net_rx_action gives way; the poll that reaches it is finished. */
const budgetPackets = 300;

/**
 * Third column of softnet_stat, time_squeeze, of a CPU whose ring never runs empty: net_rx_action ends with work left each time that its
 * budget is used up. A softirq that keeps up ends for want of packets and counts nothing. The time limit (2 jiffies, later
 * netdev_budget_usecs) is left aside: 320 packets of the article take 1 ms.
 *
 * @param servicedPps packets per second through the CPU's rings
 * @returns per second; not a loss
 * Source: net_rx_action in net/core/dev.c (3.13 to 6.18).
 * @example
 * timeSqueezePps(320_000, true) // => 1000
 */
export function timeSqueezePps(servicedPps: number, isNeverEmpty: boolean): number {
  return isNeverEmpty ? servicedPps / (Math.ceil(budgetPackets / pollPackets) * pollPackets) : 0;
}
