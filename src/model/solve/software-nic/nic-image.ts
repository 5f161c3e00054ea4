import type { Scenario } from '../scenario.js';
import type { NicLoad } from './nic-load.js';
import type { NicRates } from './nic-rates.js';
import type { NicTaken } from './nic-taken.js';
import type { NicThread } from './nic-threads.js';
import type { NicUnknowns } from './nic-unknowns.js';

/** Writes the unknowns that follow from what threads do and what gets through. */
export function setNicImage(
  scenario: Scenario,
  threads: NicThread[],
  rates: NicRates,
  loads: NicLoad[],
  taken: NicTaken,
  image: number[],
  at: NicUnknowns,
): void {
  for (const [source, share] of taken.sources.entries()) image[source] = share;
  for (const [ring, share] of taken.rings.entries()) image[at.ring + ring] = share;
  for (const [t, { wakeUps }] of loads.entries()) image[at.threadWakeUps + t] = wakeUps;
  for (const [p, { siblings }] of scenario.processors.entries()) {
    const busy = loads.reduce((sum, load, t) => sum + (threads[t]?.processor === p ? load.busy : 0), 0);
    image[at.busy + p] = siblings.length ? Math.min(1, busy) : 1;
  }
  for (const [f, { socket }] of scenario.flows.entries()) {
    const isAlone = scenario.sockets[socket]?.producers === 1;
    image[at.filling + f] = isAlone ? 1 : Math.min(1, (rates.servicedPps[f] ?? 0) * (rates.flowNs[f] ?? 0) * 1e-9);
  }
  for (const s of scenario.sockets.keys()) {
    const accepted = taken.sockets[s] ?? 1;
    image[at.accepted + s] = accepted;
    const readers = threads.flatMap((thread, t) => (thread.job === 'reader' && thread.socket === s ? [t] : []));
    image[at.wakeUps + s] = readers.reduce((sum, t) => sum + (loads[t]?.wakeUps ?? 0), 0) / readers.length;
    const readNs = readers.reduce((sum, t) => sum + (rates.packetNs[t] ?? 0), 0) / readers.length - scenario.workNs;
    const cpus = new Set(scenario.sockets[s]?.readers).size;
    image[at.reading + s] = cpus === 1 ? 1 : Math.min(1, ((rates.arrivalPps[s] ?? 0) * accepted * Math.max(0, readNs) * 1e-9) / cpus);
  }
}
