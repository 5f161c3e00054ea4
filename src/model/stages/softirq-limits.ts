import { kernelAtLeast } from './kernel-version.js';
import { pollPackets } from './softirq.js';

/** net.core.netdev_budget: packets after which net_rx_action gives way; the poll that reaches it is finished. */
const budgetPackets = 300;

/** CONFIG_HZ=250, as distributions build it [assumed]. */
const jiffyNs = 4e6;

/** MAX_SOFTIRQ_TIME: msecs_to_jiffies(2). */
const invocationNs = 2e6;

/** How long a CPU's softirq goes on before it lets threads in, by kernel era. */
export interface SoftirqLimits {
  /** Time after which net_rx_action ends with work left, on average: it looks at jiffies, so that the first one is over sooner. */
  pollingNs: number;
  /**
   * Whether it waits for ksoftirqd, once that has been woken, and ksoftirqd shares the CPU like any thread. Else it runs on at the end of the next
   * interrupt or system call, so that a thread beside it reads one packet in `gapNs`.
   */
  isDeferred: boolean;
  gapNs: number;
}

/**
 * Limits of the softirq of a physical NIC. Before 4.9, and since 6.5, a thread that gets the CPU runs the softirq itself when its system call enables
 * bottom halves after one packet, for 2 ms, and ksoftirqd takes as long again: livelock with brief gaps.
 *
 * @param kernelRelease such as 4.19
 * Source: net_rx_action (net/core/dev.c): 2 jiffies, from 4.12 (7acf8a1e8a28) to 5.6 netdev_budget_usecs = 2000, a single jiffy at this HZ, then 2
 * jiffies again (a4837980fd9f); __do_softirq and ksoftirqd_running (kernel/softirq.c): 4cd13c21b207 (4.9), taken back by d15121be7485 (6.5).
 * @example
 * softirqLimits('4.19').isDeferred // => true
 * softirqLimits('6.5.0').isDeferred // => false
 */
export function softirqLimits(kernelRelease: string): SoftirqLimits {
  const since = (major: number, minor: number) => kernelAtLeast(kernelRelease, major, minor);
  const jiffies = since(4, 12) && !since(5, 7) ? 1 : 2;
  return { pollingNs: (jiffies - 0.5) * jiffyNs, isDeferred: since(4, 9) && !since(6, 5), gapNs: 2 * invocationNs };
}

/**
 * Packets after which net_rx_action ends with work left: five whole polls make the budget, slow packets reach the time limit before.
 *
 * @example
 * netRxPackets(2_000, softirqLimits('3.13')) // => 320
 * netRxPackets(20_000, softirqLimits('4.19')) // => 128
 */
export function netRxPackets(packetNs: number, { pollingNs }: Pick<SoftirqLimits, 'pollingNs'>): number {
  const polls = Math.ceil(pollingNs / (pollPackets * packetNs));
  return pollPackets * Math.max(1, Math.min(Math.ceil(budgetPackets / pollPackets), polls));
}
