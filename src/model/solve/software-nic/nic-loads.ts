import { mm1k } from '../../formulas/mm1k.js';
import type { CostValues } from '../../stages/cost-values.js';
import { packetsPerBatch } from '../../stages/queue-batch.js';
import { shareTime } from '../../stages/share-time.js';
import { type CpuThread, type CpuTurns, sharedCpu } from '../../stages/shared-cpu.js';
import { packetGap, wakeUpsPerPacket } from '../../stages/wake-up.js';
import { wireTurnNs } from '../../stages/wire-source.js';
import type { Scenario } from '../scenario.js';
import type { NicRates } from './nic-rates.js';
import { type NicThread, neverSleeps } from './nic-threads.js';

/** What a thread does in the present estimate. */
export interface NicLoad {
  /** Packets per second that it handles; of a reader with a CPU of its own, that it could. */
  pps: number;
  isAlone: boolean;
  /** Its share of its CPU's time; 1 for a thread alone. */
  part: number;
  /** Wake-ups of it for each packet that comes. */
  wakeUps: number;
}

/**
 * What each thread handles: alone on its CPU it is a server with a finite queue, beside others it takes turns.
 *
 * @param before loads of the estimate before, for the parts and wake-ups that this one starts from
 */
export function nicLoads(
  scenario: Scenario,
  threads: NicThread[],
  rates: NicRates,
  before: Pick<NicLoad, 'part' | 'wakeUps'>[],
  costs: CostValues,
): NicLoad[] {
  const loads: NicLoad[] = [];
  const bufferPackets = (thread: NicThread) => {
    if (thread.job === 'queue') return scenario.nic?.rings[thread.ring]?.packets ?? 1;
    return thread.job === 'reader' ? scenario.bufferPackets : Number.POSITIVE_INFINITY;
  };
  for (const p of scenario.processors.keys()) {
    const here = threads.flatMap((thread, t) => (thread.processor === p ? [t] : []));
    // Readers beside readers are fluids: each sleeps as soon as it has nothing to read.
    if (here.length === 1 || here.every((t) => threads[t]?.job === 'reader' && !scenario.nic?.spins)) {
      const demands = here.map((t) => (rates.comingPps[t] ?? 0) * (rates.packetNs[t] ?? 0) * 1e-9);
      for (const [index, t] of here.entries()) {
        const time = shareTime([Number.POSITIVE_INFINITY, ...demands.filter((_, other) => other !== index)], 1)[0] ?? 1;
        loads[t] = aloneLoad(t, time);
      }
      continue;
    }
    const turns = here.map((t) => cpuThread(t, here));
    const parts = here.map((t) => before[t]?.part ?? 0);
    const shared = sharedCpu(turns, parts);
    for (const [index, t] of here.entries()) {
      const { pps, share, wakeUpsPps } = shared[index] as CpuTurns;
      const coming = Math.max(1e-12, rates.comingPps[t] ?? 0);
      const thread = threads[t] as NicThread;
      const burstPps = coming * (thread.job === 'reader' ? burstOf(thread.socket) : 1);
      const wakeUps = Math.min(wakeUpsPps / coming, wakeUpsPerPacket(0, burstPps, 1, costs));
      loads[t] = { pps, isAlone: false, part: share, wakeUps };
    }
  }
  return loads;

  function cpuThread(t: number, here: number[]): CpuThread {
    const thread = threads[t] as NicThread;
    const packetNs = rates.packetNs[t] ?? 1;
    const readers = thread.job === 'reader' ? (scenario.sockets[thread.socket]?.readers.length ?? 1) : 1;
    const quanta = { wire: wireTurnNs(costs), sender: packetNs, queue: packetsPerBatch * packetNs, reader: packetNs };
    return {
      arrivalPps: rates.comingPps[t] ?? 0,
      localPps: rates.localPps[t] ?? 0,
      makers: here.flatMap((other, index) => (makes(threads[other] as NicThread, thread) ? [index] : [])),
      packetNs,
      bufferPackets: bufferPackets(thread) / readers,
      wakeNs: wakeNsOf(t),
      weight: thread.weight,
      quantumNs: quanta[thread.job],
      isEndless: neverSleeps(thread, scenario),
    };
  }

  /** A queue's thread that the wire of its own CPU wakes pays nothing for it; a reader pays for its call. */
  function wakeNsOf(t: number): number {
    const { job } = threads[t] as NicThread;
    if (job === 'reader') return costs.turnNs ?? 0;
    const coming = rates.comingPps[t] ?? 0;
    return job === 'queue' && coming > 0 ? (costs.queueWakeNs ?? 0) * (1 - (rates.localPps[t] ?? 0) / coming) : 0;
  }

  /** Whether one thread's packets go to another. */
  function makes(maker: NicThread, taker: NicThread): boolean {
    return scenario.flows.some(({ source, ring = 0, socket }) => {
      if (taker.job === 'reader') return maker.job === 'queue' && maker.ring === ring && taker.socket === socket;
      if (taker.job !== 'queue' || taker.ring !== ring) return false;
      return (maker.job === 'wire' && maker.sources.includes(source)) || (maker.job === 'sender' && maker.source === source);
    });
  }

  function aloneLoad(t: number, time: number): NicLoad {
    const thread = threads[t] as NicThread;
    const [coming, packetNs] = [rates.comingPps[t] ?? 0, rates.packetNs[t] ?? 1];
    const most = (time * 1e9) / packetNs;
    if (thread.job === 'wire' || thread.job === 'sender') return { ...alone, pps: Math.min(coming, most), wakeUps: 0 };
    const ownWakeNs = thread.job === 'queue' ? (costs.queueWakeNs ?? 0) : costs.wakeUpNs;
    const perPacketNs = packetNs + ownWakeNs * (before[t]?.wakeUps ?? 0);
    if (thread.job === 'queue') {
      const pps = coming * (1 - mm1k(coming / most, bufferPackets(thread)).lossProbability);
      const busy = Math.min(1, pps * perPacketNs * 1e-9);
      const wakeUps = wakeUpsPerPacket(busy, coming, 1, costs);
      return { ...alone, pps, wakeUps };
    }
    if (scenario.nic?.spins) return { ...alone, pps: most, wakeUps: 0 };
    const burst = burstOf(thread.socket);
    const busy = Math.min(1, (Math.min(coming * burst, most) * perPacketNs * 1e-9) / time);
    const readers = scenario.sockets[thread.socket]?.readers.length ?? 1;
    const within = wakeUpsPerPacket(busy ** readers, burst * (rates.arrivalPps[thread.socket] ?? 0), gapFor(thread.socket), costs);
    const wakeUps = Math.min(1, within + turnsPerPacket(thread.socket) * (1 - Math.min(1, coming / most)));
    return { ...alone, pps: most, wakeUps };
  }

  /** How much denser than on average packets come while the threads that fill the socket have their turns, if those share a CPU. */
  function burstOf(socket: number): number {
    const fillers = fillersOf(socket, scenario, threads);
    const cpus = new Set(fillers.map((t) => threads[t]?.processor));
    const part = fillers.reduce((sum, t) => sum + (before[t]?.part ?? 1), 0);
    return cpus.size === 1 && part < 1 ? 1 / Math.max(1e-3, part) : 1;
  }

  /** Turns of the threads that fill the socket from a shared CPU: a reader that slept meanwhile is woken in each. */
  function turnsPerPacket(socket: number): number {
    const turnsPps = fillersOf(socket, scenario, threads).reduce(
      (sum, t) => sum + ((before[t]?.part ?? 1) < 1 ? (before[t]?.wakeUps ?? 0) * (rates.comingPps[t] ?? 0) : 0),
      0,
    );
    return turnsPps / Math.max(1e-12, rates.arrivalPps[socket] ?? 0);
  }

  /** Where one thread with a CPU of its own fills the socket, its wake-ups bring the next packet nearer. */
  function gapFor(socket: number): number {
    const fillers = fillersOf(socket, scenario, threads);
    const [only] = fillers;
    const isAlone = only !== undefined && threads.every(({ processor }, t) => t === only || processor !== threads[only]?.processor);
    if (fillers.length !== 1 || !isAlone) return 1;
    const pps = rates.arrivalPps[socket] ?? 0;
    const busy = Math.min(1, pps * (rates.packetNs[only] ?? 0) * 1e-9);
    const waking = pps * (readerWakeUps(socket) * costs.wakeUpNs) * 1e-9;
    return packetGap(busy, Math.min(busy, waking), 1);
  }

  function readerWakeUps(socket: number): number {
    const readers = threads.flatMap((thread, t) => (thread.job === 'reader' && thread.socket === socket ? [before[t]?.wakeUps ?? 0] : []));
    return readers.reduce((sum, wakeUps) => sum + wakeUps, 0) / Math.max(1, readers.length);
  }
}

const alone = { isAlone: true, part: 1 };

/** Threads of the queues whose packets reach a socket. */
export function fillersOf(socket: number, { flows }: Scenario, threads: NicThread[]): number[] {
  const rings = new Set(flows.flatMap((flow) => (flow.socket === socket ? [flow.ring ?? 0] : [])));
  return threads.flatMap((thread, t) => (thread.job === 'queue' && rings.has(thread.ring) ? [t] : []));
}
