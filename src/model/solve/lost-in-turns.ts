import { BurstBuffer } from '../stages/burst-loss.js';
import { metAtBegin } from '../stages/contention.js';
import { packetGap, wakeUpsPerPacket } from '../stages/wake-up.js';
import type { ScenarioFlow, ScenarioSource } from './scenario.js';
import type { Working } from './working.js';

const mostSteps = 30;
const rounds = 8;

/** A part of a source's cycle in which rates stand still: per flow, packets per second that reach its socket and the share of its CPU's time that they take. */
interface Rates {
  pps: number[];
  filling: number[];
  arrivalPps: number;
  capacityPps: number;
}

/**
 * Share of its packets that socket s loses because a source goes through its flows in turns: a fluid of the rings behind them and of the socket's
 * buffer. A CPU that does not keep up with its batch is still at it in the next one's turn, in which both slow each other. Packets of other sources
 * come at their means.
 *
 * @param capacityIn packets per second that the socket's readers have time for when flows fill as given
 */
export function lostInTurns(working: Working, source: number, s: number, capacityIn: (filling: number[]) => number): number {
  const { scenario } = working;
  const { flows, sources, bufferPackets, readerBatchPackets } = scenario;
  const { batchPackets, turns } = sources[source] as ScenarioSource;
  const cyclePackets = batchPackets * turns;
  const sourcePps = Math.max(1e-9, working.sourcePps[source] ?? 0);
  const cycleSeconds = cyclePackets / sourcePps;
  const own = flows.flatMap((flow, f) => (flow.source === source ? [f] : [])).sort((a, b) => turnStart(a) - turnStart(b));
  const waiting = flows.map(() => 0);
  const workShare = scenario.workNs / Math.max(scenario.workNs, working.readNs[s] ?? 1);
  const isOverloaded = (working.arrivalPps[s] ?? 0) > (working.capacityPps[s] ?? 0);
  const buffer = new BurstBuffer(bufferPackets, readerBatchPackets, workShare, isOverloaded);
  // Batches of a reader and turns of a source meet at other places in each cycle.
  const cycles = workShare > 0 ? 6 : 2;
  const known = new Map<number, Rates>();
  let arrived = 0;
  for (let cycle = 0; cycle < cycles; cycle++) {
    if (cycle === 1) [arrived, buffer.lost] = [0, 0];
    for (const turn of own) {
      let left = (flows[turn]?.share ?? 0) * cycleSeconds;
      for (let step = 0; left > 1e-9 * cycleSeconds; step++) {
        // Rates depend on who waits, not on how many do.
        let state = buffer.state * flows.length + turn;
        for (const f of own) state = 2 * state + ((waiting[f] ?? 0) > 0 ? 1 : 0);
        const rates = known.get(state) ?? ratesAt(working, source, s, turn, waiting, buffer, capacityIn);
        known.set(state, rates);
        const { pps, arrivalPps, capacityPps } = rates;
        buffer.begin(arrivalPps, capacityPps);
        const growth = (f: number) => (f === turn ? sourcePps : 0) - (pps[f] ?? 0);
        // In a long turn the reader's batches are soon all alike.
        const isSteady = step >= mostSteps;
        let seconds = isSteady ? left : Math.min(left, buffer.changesIn());
        for (const f of own) if ((waiting[f] ?? 0) > 0 && growth(f) < 0) seconds = Math.min(seconds, (waiting[f] ?? 0) / -growth(f));
        for (const f of own) {
          const after = (waiting[f] ?? 0) + seconds * growth(f);
          waiting[f] = after < 1e-6 * cyclePackets ? 0 : Math.min(cyclePackets, after);
        }
        if (isSteady) buffer.pass(seconds);
        else buffer.advance(seconds);
        arrived += seconds * arrivalPps;
        left -= seconds;
      }
    }
  }
  return buffer.lost / Math.max(1e-9, arrived);

  function turnStart(f: number): number {
    return flows[f]?.turnStart ?? 0;
  }
}

/** Rates while the source sends to one flow and packets of others may wait: each depends on who fills the socket meanwhile, who sleeps, and what has room. */
function ratesAt(
  working: Working,
  source: number,
  s: number,
  turn: number,
  waiting: number[],
  buffer: BurstBuffer,
  capacityIn: (filling: number[]) => number,
): Rates {
  const { scenario, costs, speeds, sourcePps, softirqNs, uncontendedNs, droppedNs } = working;
  const { flows } = scenario;
  const pps = working.servicedPps.map((mean, f) => (flows[f]?.source === source ? 0 : mean));
  const filling = working.filling.map((mean, f) => (flows[f]?.source === source ? 0 : mean));
  let [wakeUps, accepted, arrivalPps, capacityPps] = [0, 1, 0, 0];
  for (let round = 0; round < rounds; round++) {
    arrivalPps = 0;
    for (const [f, { source: from, socket, processor, inline }] of flows.entries()) {
      const waits = (waiting[f] ?? 0) > 0;
      if (from === source && (waits || f === turn)) {
        const speed = speeds[processor] ?? 1;
        const aloneNs = (uncontendedNs[f] ?? 0) + wakeUps * costs.wakeUpNs;
        const acceptedNs = aloneNs + contentionNs(working, filling, f, aloneNs, waits);
        const packetNs = socket === s ? accepted * acceptedNs + (1 - accepted) * (droppedNs[f] ?? 0) : (softirqNs[f] ?? 0);
        const mostPps = (timeFor(working, filling, f) * speed * 1e9) / packetNs;
        const comingPps = sourcePps[source] ?? 0;
        pps[f] = inline ? comingPps : waits ? mostPps : Math.min(comingPps, mostPps);
        filling[f] = ((pps[f] ?? 0) * packetNs * 1e-9) / speed;
      }
      if (socket === s) arrivalPps += pps[f] ?? 0;
    }
    capacityPps = capacityIn(filling);
    const takenPps = buffer.takenPps(capacityPps);
    const target = buffer.isFull && arrivalPps > takenPps ? takenPps / arrivalPps : 1;
    accepted += 0.6 * (target - accepted);
    wakeUps = !buffer.isIdle ? 0 : wakeUpsIn(working, s, pps, filling, wakeUps, capacityPps);
  }
  return { pps, filling, arrivalPps, capacityPps };
}

/** Share of its CPU's time that a flow may use, beside the others there. */
function timeFor({ scenario }: Working, filling: number[], f: number): number {
  const { processor } = scenario.flows[f] as ScenarioFlow;
  let left = 1;
  for (const [g, other] of scenario.flows.entries()) if (g !== f && other.processor === processor) left -= filling[g] ?? 0;
  return Math.max(1e-3, left);
}

/** What a packet waits for other CPUs that fill its socket. */
function contentionNs({ scenario, costs, softirqNs }: Working, filling: number[], f: number, aloneNs: number, waits: boolean): number {
  const { socket, processor } = scenario.flows[f] as ScenarioFlow;
  const addedNs = costs.producerContentionNs;
  let beside = 0;
  for (const [g, other] of scenario.flows.entries()) {
    if (other.socket !== socket || other.processor === processor) continue;
    const share = Math.min(1, filling[g] ?? 0);
    const busy = waits ? 1 : Math.min(1, filling[f] ?? 0);
    beside += share + busy * (metAtBegin(share, aloneNs, aloneNs + addedNs, softirqNs[g] || aloneNs) - share);
  }
  return addedNs * beside;
}

function wakeUpsIn({ scenario, costs }: Working, s: number, pps: number[], filling: number[], before: number, capacityPps: number): number {
  let [arrivalPps, comingPps] = [0, 0];
  for (const [f, { socket }] of scenario.flows.entries()) {
    if (socket !== s) continue;
    const waking = (pps[f] ?? 0) * before * costs.wakeUpNs * 1e-9;
    arrivalPps += pps[f] ?? 0;
    comingPps += (pps[f] ?? 0) / packetGap(Math.min(1, filling[f] ?? 0), waking, 1);
  }
  if (arrivalPps === 0 || arrivalPps >= capacityPps) return 0;
  const busy = Math.min(1, (arrivalPps * (1 / capacityPps + before * costs.wakeUpNs * 1e-9)) / 1);
  return wakeUpsPerPacket(busy, arrivalPps, arrivalPps / comingPps, costs);
}
