import { articleFirewall, type Cost, type CostName, type PartedCostName } from '../experiment/index.js';
import { costOfRounds } from './cost-of-rounds.js';
import { type MicroReading, type MicroRunName, microRuns } from './micro-runs.js';

/** Readings of every micro-experiment, one entry a round. */
export type MicroReadings = Record<MicroRunName, MicroReading[]>;

/** One round's readings by the name of the micro-experiment. */
type Round = (name: MicroRunName) => MicroReading;

/**
 * Turns the readings of a calibration into costs. Each cost is a difference inside one round; its value is the median over the rounds, its
 * interval their range, which for five rounds is a 94 % confidence interval of the median. A round in which a difference comes out
 * negative shows nothing, and is left out.
 *
 * Where no wire can be had, its readings are empty and its costs missing.
 *
 * @returns the costs that at least three rounds show; the others stay what they were
 * @throws {RangeError} when a series has no rounds
 */
export function identifyCosts(readings: MicroReadings): Partial<Record<CostName | PartedCostName, Cost>> {
  const rounds = readings.send.length;
  if (rounds === 0) throw new RangeError('identifyCosts: readings must hold at least one round, got 0');
  const cost = (source: string, ofRound: (at: Round) => number | null) =>
    costOfRounds(rounds, source, (round) => ofRound((name) => readings[name][round] as MicroReading));
  const costs: Partial<Record<CostName | PartedCostName, Cost | undefined>> = {
    sendNs: cost('sendmmsg to an interface that is down, less sendCallNs', sendNs),
    sendCallNs: cost('sendmmsg of 4 messages less sendmmsg of 256, for each packet', sendCallNs),
    softirqNs: cost('sendmmsg into a socket with room, less sendNs and sendCallNs', softirqNs),
    softirqDropRatio: cost('sendmmsg to a full socket, less sendNs and sendCallNs, over softirqNs', softirqDropRatio),
    readNs: cost(
      'CPU time of recvmmsg on the CPU that queued the packets, less readCallNs',
      (at) => readNs(at('enqueueSameCpu')) - (readCallNs(at) ?? 0) / microRuns.enqueueSameCpu.readBatchPackets,
    ),
    readCallNs: cost('recvmmsg of 4 messages less recvmmsg of 512, for each packet', readCallNs),
    // Another CPU can only be dearer; a negative difference is a reading of nothing to hand over.
    handOverNs: cost('CPU time of recvmmsg on another CPU, less readNs', handOverNs),
    wakeUpNs: cost('sendmmsg of single packets to a sleeping reader, less sendNs, sendCallNs and softirqNs', wakeUpNs),
    ...(readings.make.length > 0
      ? {
          wireNs: cost('CPU time of the wire, far end down', (at) => at('make').sendPacketNs),
          polledNs: cost(
            'CPU time of the wire to a full socket, its own CPU polling the device, less wireNs',
            (at) => at('pollDrop').sendPacketNs - at('make').sendPacketNs,
          ),
        }
      : {}),
    ruleNs: cost(
      'sendmmsg to a full socket behind many rules, less that behind two, over the rules',
      (at) => (at('dropBehindRules').sendPacketNs - at('drop').sendPacketNs) / (microRuns.dropBehindRules.firewall.rules - articleFirewall.rules),
    ),
    conntrackNs: cost(
      'sendmmsg of tracked packets to a full socket, less that of untracked ones',
      (at) => at('dropTracked').sendPacketNs - at('drop').sendPacketNs,
    ),
    wakeLatencyNs: cost('the share of packets that wake the reader in a flood, from its sendmmsg time', wakeLatencyNs),
  };
  return Object.fromEntries(Object.entries(costs).filter(([, identified]) => identified !== undefined)) as Partial<
    Record<CostName | PartedCostName, Cost>
  >;
}

/** Cost of a call, from packets that came in calls of few messages and of many; null where a round shows none. */
function perCallNs(fewNs: number, few: number, manyNs: number, many: number): number | null {
  const ns = (fewNs - manyNs) / (1 / few - 1 / many);
  return ns >= 0 ? ns : null;
}

function sendCallNs(at: Round): number | null {
  const { enqueueInFours, enqueue } = microRuns;
  return perCallNs(at('enqueueInFours').sendPacketNs, enqueueInFours.batchPackets, at('enqueue').sendPacketNs, enqueue.batchPackets);
}

function readCallNs(at: Round): number | null {
  const { enqueueInFours, enqueueSameCpu } = microRuns;
  return perCallNs(readNs(at('enqueueInFours')), enqueueInFours.readBatchPackets, readNs(at('enqueueSameCpu')), enqueueSameCpu.readBatchPackets);
}

function sendNs(at: Round): number {
  return at('send').sendPacketNs - (sendCallNs(at) ?? 0) / microRuns.send.batchPackets;
}

/** The call's part of a packet is not the softirq's. */
function softirqNs(at: Round): number {
  return at('enqueue').sendPacketNs - (sendCallNs(at) ?? 0) / microRuns.enqueue.batchPackets - sendNs(at);
}

function softirqDropRatio(at: Round): number {
  return (at('drop').sendPacketNs - at('send').sendPacketNs) / softirqNs(at);
}

function readNs({ readNs: measured }: MicroReading): number {
  return measured ?? Number.NaN;
}

function handOverNs(at: Round): number {
  return Math.max(0, readNs(at('enqueue')) - readNs(at('enqueueSameCpu')));
}

function wakeUpNs(at: Round): number | null {
  const extraNs = at('wake').sendPacketNs - sendNs(at) - (sendCallNs(at) ?? 0) - softirqNs(at);
  return extraNs > 0 ? extraNs / Math.min(1, at('wake').callsPerPacket ?? 1) : null;
}

/** Solves the model's share of waking packets, (1 − ρ) / (1 + y D), for D; null where the flood shows no wake-ups at all. */
function wakeLatencyNs(at: Round): number | null {
  const wakeNs = wakeUpNs(at);
  if (wakeNs === null) return null;
  const { sendPacketNs, deliveredPps } = at('flood');
  const share = (sendPacketNs - at('enqueue').sendPacketNs - handOverNs(at)) / wakeNs;
  if (share <= 0) return null;
  const perNs = deliveredPps / 1e9;
  const busy = Math.min(1, perNs * (readNs(at('enqueue')) + wakeNs * share));
  return Math.max(0, ((1 - busy) / share - 1) / perNs);
}
