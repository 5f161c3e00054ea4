import { shareTime } from './share-time.js';

/** A thread beside others on one CPU. */
export interface CpuThread {
  /** Packets per second that come for it, whether there is room or not. */
  arrivalPps: number;
  /** Those of them that other threads of this CPU make, which ones: they come only while this one waits. */
  localPps: number;
  makers: readonly number[];
  packetNs: number;
  /** Packets that wait for it at most. */
  bufferPackets: number;
  /** What a turn costs it that it begins from sleep. */
  wakeNs: number;
  /** Its claim to the CPU relative to the others'. */
  weight: number;
  /** How long it goes on before it looks whether another is due. */
  quantumNs: number;
  /** It never sleeps: the wire, a flooding sender, a reader that spins. */
  isEndless: boolean;
}

/** What a thread gets of a CPU that it shares. */
export interface CpuTurns {
  /** Packets per second that it handles. */
  pps: number;
  /** Share of the CPU's time. */
  share: number;
  /** Turns that it begins from sleep, per second. */
  wakeUpsPps: number;
}

/** From one tick of the scheduler's clock to the next: CONFIG_HZ=250, as distributions build it. */
export const schedulerTickNs = 4e6;

/**
 * Coupling: threads that share a CPU run in turns, and the scheduler is fair. Who wakes with a credit is let in when the running thread's
 * quantum ends, so that turns are short. Each uses up some credit, because a thread earns none while it sleeps; who wakes without waits for the
 * next tick of the clock beside a thread that never rests, and what its buffer cannot hold until then is lost. The wait is its next credit.
 * So a reader beside the wire loses at any load, and past its knee a queue's thread starves its reader: receive livelock, with a floor,
 * because a thread is fair where a softirq is not.
 *
 * @param shares each thread's share of the CPU in the present estimate
 * Source: EEVDF without kernel preemption (kernel/sched/fair.c, 6.18: check_preempt_wakeup_fair, place_entity, task_tick_fair); turns traced for this
 * kit on a two-CPU guest: a queue's thread and its reader in turns of eight packets, interrupted by turns of about 2 ms.
 */
export function sharedCpu(threads: readonly CpuThread[], shares: readonly number[]): CpuTurns[] {
  const resting = threads.filter(({ isEndless }) => !isEndless);
  const quantaNs = threads.reduce((sum, { isEndless, quantumNs }) => sum + (isEndless ? quantumNs : 0), 0);
  const load = resting.reduce((sum, thread) => sum + loadOf(thread), 0);
  const roundNs = load < 1 ? (quantaNs + resting.reduce((sum, { wakeNs }) => sum + wakeNs, 0)) / (1 - load) : Number.POSITIVE_INFINITY;
  // A round for all, but who is fed here is let in after two quanta of its makers at the latest [traced: a reader had 12 to 20 packets].
  const wakeUpsPps = threads.map(({ makers, localPps }) => {
    const madePps = makers.reduce((sum, maker) => sum + (threads[maker]?.arrivalPps ?? 0), 0);
    const quanta = makers.reduce((sum, maker) => sum + quantaPps(threads[maker]), 0);
    return Math.max(1e9 / roundNs, madePps > 0 ? (Math.min(1, localPps / madePps) * quanta) / 2 : 0);
  });
  const asked = threads.map((thread, index) =>
    thread.isEndless ? Number.POSITIVE_INFINITY : loadOf(thread) + thread.wakeNs * (wakeUpsPps[index] ?? 0) * 1e-9,
  );
  const fair = shareTime(
    asked,
    1,
    threads.map(({ weight }) => weight),
  );
  const neverRests = asked.map((demand, index) => demand > (fair[index] ?? 0));
  const waits = threads.map((_, index) => waitsOf(threads, index, neverRests, shares));
  // Beside a thread that never sleeps the waits are all there is; beside one that only has too much to do, it sleeps when it has caught up.
  const hasEndless = threads.some(({ isEndless }) => isEndless);
  const granted = shareTime(
    asked.map((demand, index) => (hasEndless && waits[index] ? (waits[index]?.share ?? 0) : demand)),
    1,
    threads.map(({ weight }, index) => weight * (waits[index]?.weight ?? 1)),
  );
  return threads.map((thread, index) => {
    const [share, wait] = [granted[index] ?? 0, waits[index]];
    if (wait && (hasEndless || share < (asked[index] ?? 0))) {
      const scale = Math.min(share / wait.share, thread.arrivalPps / Math.max(1e-12, wait.pps));
      return { pps: wait.pps * scale, share, wakeUpsPps: wait.wakeUpsPps * scale };
    }
    if (thread.isEndless) return { pps: Math.min(thread.arrivalPps, (share * 1e9) / thread.packetNs), share, wakeUpsPps: 0 };
    if (share < (asked[index] ?? 0)) {
      const ownNs = thread.packetNs + (thread.wakeNs * (wakeUpsPps[index] ?? 0)) / Math.max(1e-9, thread.arrivalPps);
      return { pps: Math.min(thread.arrivalPps, (share * 1e9) / ownNs), share, wakeUpsPps: 0 };
    }
    return { pps: thread.arrivalPps, share, wakeUpsPps: wakeUpsPps[index] ?? 0 };
  });
}

/** What a thread gets that sleeps between its turns beside others that never rest, and its weight as if all got what their weights say. */
interface Waits extends CpuTurns {
  weight: number;
}

/** @returns null where nobody else never rests, or where packets from elsewhere are there before the thread could sleep */
function waitsOf(threads: readonly CpuThread[], index: number, neverRests: boolean[], shares: readonly number[]): Waits | null {
  const { isEndless, packetNs, wakeNs, weight, arrivalPps, localPps, bufferPackets, makers } = threads[index] as CpuThread;
  const rivals = threads.filter((_, other) => other !== index && neverRests[other]);
  const hasEndless = rivals.some((rival) => rival.isEndless);
  const isFed = makers.length > 0 && makers.every((maker) => neverRests[maker]);
  if (isEndless || arrivalPps <= 0 || rivals.length === 0 || !(isFed || hasEndless)) return null;
  const own = shares[index] ?? 0;
  const resting = threads.reduce((sum, _, other) => sum + (other !== index && !neverRests[other] ? (shares[other] ?? 0) : 0), 0);
  const remotePerNs = (arrivalPps - localPps) * 1e-9;
  const perNs = (localPps * 1e-9) / Math.max(1e-3, 1 - own) + remotePerNs;
  const left = Math.max(1e-3, 1 - remotePerNs * packetNs);
  // Turn by turn: whoever else has to goes on for a quantum, and for as long as no packet comes.
  const quantaNs = rivals.reduce((sum, { quantumNs }) => sum + quantumNs, 0) / Math.max(0.05, 1 - resting);
  const asleepNs = Math.max(quantaNs, 1 / perNs);
  const packets = Math.min(bufferPackets, perNs * asleepNs);
  const turnNs = (packets * packetNs + wakeNs) / left;
  // From a turn without credit to the next: what came while it waited, then turns for as long as the credit lasts.
  // Threads that rest too live on a common credit: the turn of one lets in another that waits.
  const allies = threads.reduce((sum, other, at) => sum + (at !== index && !neverRests[at] ? other.weight : 0), 0);
  const fairShare = (weight + allies) / (weight + allies + rivals.reduce((sum, rival) => sum + rival.weight, 0));
  const waitNs = schedulerTickNs / 2;
  const backlog = meanBelow(bufferPackets, perNs * schedulerTickNs);
  const backlogNs = (backlog * packetNs + wakeNs) / left;
  const alliesNs = (ns: number) => resting * ns;
  const credit = fairShare * waitNs - (1 - fairShare) * (backlogNs + alliesNs(waitNs + backlogNs));
  const turns = Math.max(0, credit) / ((1 - fairShare) * (turnNs + alliesNs(asleepNs + turnNs)));
  const [awayNs, busyNs] = [waitNs + turns * asleepNs, backlogNs + turns * turnNs];
  const periodNs = awayNs + busyNs;
  const share = Math.min(busyNs / periodNs, fairShare);
  const lost = perNs * waitNs - backlog + turns * (perNs * asleepNs - packets);
  const pps = arrivalPps * (1 - lost / (perNs * awayNs + remotePerNs * busyNs));
  const others = ((weight + allies) * (1 - fairShare)) / fairShare;
  return { share, pps: Math.max(0, pps), wakeUpsPps: ((1 + turns) * 1e9) / periodNs, weight: (others * share) / ((1 - share) * weight) };
}

/** Mean of the smaller of a fixed number and one that is anything from 0 to another, all alike. */
function meanBelow(fixed: number, most: number): number {
  return most <= fixed ? most / 2 : fixed - fixed ** 2 / (2 * most);
}

/** Quanta of a thread that fills others' buffers, per second, while it keeps up or has all of a CPU; of one that never sleeps, those in a round. */
function quantaPps(maker: CpuThread | undefined): number {
  return maker && !maker.isEndless ? (Math.min(1, loadOf(maker)) * 1e9) / maker.quantumNs : 0;
}

function loadOf({ arrivalPps, packetNs }: CpuThread): number {
  return arrivalPps * packetNs * 1e-9;
}
