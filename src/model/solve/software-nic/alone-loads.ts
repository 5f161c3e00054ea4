import { mm1k } from '../../formulas/mm1k.js';
import type { CostValues } from '../../stages/cost-values.js';
import { shareTime } from '../../stages/share-time.js';
import { packetGap, wakeUpsPerPacket } from '../../stages/wake-up.js';
import type { Scenario } from '../scenario.js';
import type { NicLoad } from './nic-load.js';
import type { NicRates } from './nic-rates.js';
import { fillersOf, type NicThread } from './nic-threads.js';

/**
 * What each thread handles where none shares its CPU: each is a server with a finite queue. Readers beside readers are fluids, because each
 * sleeps as soon as it has nothing to read.
 *
 * @param wakeUps of each thread in the estimate before
 */
export function aloneLoads(scenario: Scenario, threads: NicThread[], rates: NicRates, wakeUps: number[], costs: CostValues): NicLoad[] {
  return threads.map((thread, t) => {
    const [coming, packetNs] = [rates.comingPps[t] ?? 0, rates.packetNs[t] ?? 1];
    const time = timeOf(t);
    const most = (time * 1e9) / packetNs;
    const ownWakeNs = thread.job === 'queue' ? (costs.queueWakeNs ?? 0) : costs.wakeUpNs;
    const perPacketNs = packetNs + ownWakeNs * (wakeUps[t] ?? 0);
    if (thread.job === 'wire') return { pps: Math.min(coming, most), busy: 1, wakeUps: 0 };
    if (thread.job === 'sender') return { pps: Math.min(coming, most), busy: Math.min(1, coming / most), wakeUps: 0 };
    if (thread.job === 'queue') {
      const pps = coming * (1 - mm1k(coming / most, scenario.nic?.rings[thread.ring]?.packets ?? 1).lossProbability);
      const busy = Math.min(1, pps * perPacketNs * 1e-9);
      return { pps, busy, wakeUps: wakeUpsPerPacket(busy, coming, 1, costs) };
    }
    if (scenario.nic?.spins) return { pps: most, busy: time, wakeUps: 0 };
    const busy = Math.min(1, (Math.min(coming, most) * perPacketNs * 1e-9) / time);
    const readers = scenario.sockets[thread.socket]?.readers.length ?? 1;
    const woken = wakeUpsPerPacket(busy ** readers, rates.arrivalPps[thread.socket] ?? 0, gapFor(thread.socket), costs);
    return { pps: most, busy: busy * time, wakeUps: woken };
  });

  function timeOf(t: number): number {
    const beside = threads.flatMap(({ processor }, other) => (other !== t && processor === threads[t]?.processor ? [other] : []));
    const demands = beside.map((other) => (rates.comingPps[other] ?? 0) * (rates.packetNs[other] ?? 0) * 1e-9);
    return shareTime([Number.POSITIVE_INFINITY, ...demands], 1)[0] ?? 1;
  }

  /** Where one thread fills the socket, its wake-ups bring the next packet nearer. */
  function gapFor(socket: number): number {
    const fillers = fillersOf(socket, scenario, threads);
    const [only] = fillers;
    if (fillers.length !== 1 || only === undefined) return 1;
    const pps = rates.arrivalPps[socket] ?? 0;
    const busy = Math.min(1, pps * (rates.packetNs[only] ?? 0) * 1e-9);
    const waking = pps * (readerWakeUps(socket) * costs.wakeUpNs) * 1e-9;
    return packetGap(busy, Math.min(busy, waking), 1);
  }

  function readerWakeUps(socket: number): number {
    const readers = threads.flatMap((thread, t) => (thread.job === 'reader' && thread.socket === socket ? [wakeUps[t] ?? 0] : []));
    return readers.reduce((sum, one) => sum + one, 0) / Math.max(1, readers.length);
  }
}
