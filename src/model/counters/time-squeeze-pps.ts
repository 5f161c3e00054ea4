import { netRxPackets, softirqLimits } from '../stages/softirq-limits.js';

/**
 * Third column of softnet_stat, time_squeeze, of a CPU whose ring never runs empty: net_rx_action ends with work left each time that its
 * budget or its time is used up. A softirq that keeps up ends for want of packets and counts nothing.
 *
 * @param servicedPps packets per second through the CPU's rings
 * @param packetNs what each takes there
 * @returns per second; not a loss
 * Source: net_rx_action in net/core/dev.c (3.13 to 6.18).
 * @example
 * timeSqueezePps(320_000, true, 2_000, '3.13') // => 1000
 * timeSqueezePps(50_000, true, 20_000, '4.19') // => 390.625
 */
export function timeSqueezePps(servicedPps: number, isNeverEmpty: boolean, packetNs: number, kernelRelease: string): number {
  return isNeverEmpty ? servicedPps / netRxPackets(packetNs, softirqLimits(kernelRelease)) : 0;
}
