import type { Run } from '../experiment/index.js';
import { openQueues } from './open-queues.js';

/** From these shares on, a run should not be trusted. */
const limits = { unaccounted: 0.0001, otherCpu: 0.04, steal: 0.02, source: 0.02 };

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

/** What a run is judged by. */
type Evidence = Pick<Run, 'experiment' | 'plan' | 'outcome' | 'samples' | 'sockets'>;

/** Why a measured outcome should not be trusted, one sentence each; empty for a good one. */
export function doubts(evidence: Evidence, otherCpuShare: number): string[] {
  const { experiment, plan, outcome, samples, sockets } = evidence;
  const { offeredPackets = 0, unaccountedPackets = 0, offeredPps, lossesPackets } = outcome;
  const reasons: string[] = [];
  if (offeredPackets === 0) reasons.push('nothing was sent');
  if (Math.abs(unaccountedPackets) > limits.unaccounted * offeredPackets) {
    reasons.push(`the account does not close: ${unaccountedPackets} of ${offeredPackets} packets are unaccounted for`);
  }
  for (const { queue, expected, offered } of openQueues(evidence, limits.unaccounted)) {
    reasons.push(`the account of queue ${queue} does not close: ${expected} packets were sent to it and ${offered} came`);
  }
  const dropped = sockets.reduce((sum, socket) => sum + socket.dropped, 0);
  const counted = (lossesPackets?.socketBuffer ?? 0) + (lossesPackets?.checksum ?? 0) + (lossesPackets?.memory ?? 0);
  if (Math.abs(dropped - counted) > limits.unaccounted * offeredPackets) {
    reasons.push(`the sockets say that they dropped ${dropped} packets, the kernel that it dropped ${counted} for them`);
  }
  if (otherCpuShare > limits.otherCpu) reasons.push(`other processes used ${percent(otherCpuShare)} of a CPU during the run`);
  const steal = Math.max(0, ...outcome.cpus.map((cpu) => cpu.steal));
  if (steal > limits.steal) reasons.push(`the hypervisor took ${percent(steal)} of a CPU during the run`);
  // A flood has no planned rate: its NaN makes the comparison false.
  const planned = experiment.sources.reduce((sum, source, index) => sum + (plan.wirePps?.[index] ?? source.offeredPps ?? Number.NaN), 0);
  if (offeredPps !== null && Math.abs(offeredPps / planned - 1) > limits.source) {
    reasons.push(`the source reached ${percent(offeredPps / planned)} of its planned rate${skippedByWire(samples)}`);
  }
  return reasons;
}

function skippedByWire(samples: Run['samples']): string {
  const skipped = samples.at(-1)?.senders.reduce((sum, sender) => sum + (sender.skipped ?? 0), 0) ?? 0;
  return skipped ? `: from start to end ${skipped} packets could not leave within 1 ms of their time and were not offered` : '';
}

/** From these shares on, a run's figures mean nothing. */
const worthless = { otherCpu: 0.3, steal: 0.15 };

/** Says whether a run is not to be trusted at all: its account is open, nothing was sent, or the machine was busy with something else. */
export function isUntrustworthy({ outcome, facts }: Run): boolean {
  const { offeredPackets = 0, unaccountedPackets = 0, cpus } = outcome;
  return (
    facts.partial !== undefined ||
    offeredPackets === 0 ||
    Math.abs(unaccountedPackets) > limits.unaccounted * offeredPackets ||
    Number(facts.otherCpuShare) > worthless.otherCpu ||
    cpus.some(({ steal }) => steal > worthless.steal)
  );
}
