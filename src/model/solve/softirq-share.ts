import { shareTime } from '../stages/share-time.js';
import { netRxPackets } from '../stages/softirq-limits.js';
import { readingDemand } from './set-readers.js';
import type { Working } from './working.js';

/** Ring loss from which a ring counts as never empty; below, in proportion [assumed, so that the fixed point finds its way]. */
const backloggedLoss = 0.02;

/** Whether a processor's softirq is that of a physical NIC and waits for ksoftirqd beside readers. */
export function isDeferred({ scenario, readSockets }: Working, p: number): boolean {
  return scenario.softirq?.isDeferred === true && (readSockets[p]?.length ?? 0) > 0;
}

/** Share of a processor's time that its softirq gets: what it asks for, or where ksoftirqd does its job, at most half beside readers that ask for more. */
export function softirqShare(working: Working, p: number): number {
  const asked = working.softirqLoad[p] ?? 0;
  if (!isDeferred(working, p)) return Math.min(1, asked);
  const held = Math.min(...(working.readSockets[p] ?? []).map((s) => working.held[s] ?? 1));
  return shareTime([asked, held * readingDemand(working, p)], 1)[0] ?? 0;
}

/** Packets that a softirq brings to one socket before its readers have their turn. */
export interface SoftirqTurns {
  packets: number;
  /** Share of time in which the ring is never empty, so that turns are as long as they may be. */
  share: number;
}

/**
 * How the packets of a socket come, all of whose readers wait for the softirq's turn to end. What its buffer has no room for is lost, and its
 * readers sleep once in each turn.
 *
 * @param ringAccepted share of its packets that a processor's softirq takes from its ring
 * @returns null where there are no such turns
 */
export function softirqTurns(working: Working, ringAccepted: (p: number) => number, s: number): SoftirqTurns | null {
  const { scenario, readerCpus, servicedPps, softirqNs, speeds } = working;
  const [p = 0, ...others] = readerCpus[s] ?? [];
  if (!scenario.softirq || others.length > 0 || !isDeferred(working, p)) return null;
  let [here, all, busy] = [0, 0, 0];
  for (const [f, { processor, socket }] of scenario.flows.entries()) {
    if (processor !== p && socket === s) return null;
    if (processor !== p) continue;
    const pps = servicedPps[f] ?? 0;
    all += pps;
    busy += pps * (softirqNs[f] ?? 0);
    if (socket === s) here += pps;
  }
  if (here === 0) return null;
  const packets = (netRxPackets(busy / all / (speeds[p] ?? 1), scenario.softirq) * here) / all;
  return { packets, share: Math.min(1, (1 - ringAccepted(p)) / backloggedLoss) };
}
