import { packetNsAt } from './set-readers.js';
import { softirqShare } from './softirq-share.js';
import type { ProcessorSolution } from './solution.js';
import type { Unknowns } from './unknowns.js';
import type { Working } from './working.js';

/** Shares of one processor's time: softirq first, then sending and reading, of which the application's work is user time. */
export function processorShares(working: Working, values: number[], at: Unknowns, p: number): ProcessorSolution {
  const { scenario, costs } = working;
  let system = 0;
  for (const source of scenario.processors[p]?.sources ?? [])
    system += ((working.sourcePps[source] ?? 0) * (working.sendNs[source] ?? 0) * 1e-9) / (working.speeds[p] ?? 1);
  let user = 0;
  for (let s = 0; s < scenario.sockets.length; s++) {
    const reader = (working.readerCpus[s] ?? []).indexOf(p);
    if (reader < 0) continue;
    const taken = (values[at.accepted + s] ?? 1) * (values[at.taking + (working.firstReader[s] ?? 0) + reader] ?? 1);
    const reading = (working.arrivalPps[s] ?? 0) * taken * packetNsAt(working, s, p) * 1e-9;
    const work = (reading * scenario.workNs) / (working.readNs[s] ?? 1);
    const wakeUps = ((working.arrivalPps[s] ?? 0) * taken * (values[at.wakeUps + s] ?? 0) * costs.wakeUpNs * 1e-9) / (working.readerSpeeds[p] ?? 1);
    user += work;
    system += reading - work + wakeUps;
  }
  const softirq = Math.min(1, softirqShare(working, p) + (working.inlineLoad[p] ?? 0));
  // Shares of one CPU cannot exceed it; wake-ups of a saturated reader are estimates, so they give way.
  const over = Math.max(1, (system + user) / Math.max(1e-12, 1 - softirq));
  return { softirq, system: system / over, user: user / over };
}
