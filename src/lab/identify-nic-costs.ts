import type { Cost, Costs } from '../experiment/index.js';
import { costOfRounds } from './cost-of-rounds.js';
import type { MicroReading } from './micro-runs.js';
import type { NicMicroRunName } from './nic-micro-runs.js';

/** Readings of the series behind a software NIC, one entry a round. */
export type NicMicroReadings = Record<NicMicroRunName, MicroReading[]>;

/**
 * Turns the readings of a calibration behind a software NIC into costs. The clocks are those of the threads: of the wire, of the kernel thread
 * that serves the queue, and of the reader. As in identifyCosts each cost is read inside one round, value and interval are median and range.
 *
 * @returns the costs that at least three rounds show; where the kernel's threads cannot be seen, few
 * @throws {RangeError} when a series has no rounds
 */
export function identifyNicCosts(readings: NicMicroReadings): Partial<Costs> {
  const rounds = readings.send.length;
  if (rounds === 0) throw new RangeError('identifyNicCosts: readings must hold at least one round, got 0');
  type At = (name: NicMicroRunName) => MicroReading;
  const cost = (source: string, ofRound: (at: At) => number | null) =>
    costOfRounds(rounds, source, (round) => ofRound((name) => readings[name][round] as MicroReading));
  const queueNs = (at: At, name: NicMicroRunName) => at(name).queueNs ?? Number.NaN;
  const readNs = (at: At, name: NicMicroRunName) => at(name).readNs ?? Number.NaN;
  const costs: Record<string, Cost | undefined> = {
    sendNs: cost('sendmmsg to an interface that is down', (at) => at('send').sendPacketNs),
    wireNs: cost('CPU time of the wire, far end down', (at) => at('make').sendPacketNs),
    nicNs: cost('CPU time of the wire with the software NIC at its far end, less wireNs', (at) => at('drop').sendPacketNs - at('make').sendPacketNs),
    softirqNs: cost("CPU time of the queue's thread into a socket with room", (at) => queueNs(at, 'enqueueSameCpu')),
    softirqDropRatio: cost(
      "CPU time of the queue's thread to a full socket, over softirqNs",
      (at) => queueNs(at, 'drop') / queueNs(at, 'enqueueSameCpu'),
    ),
    queueWakeNs: cost(
      "CPU time of the queue's thread for packets that come one by one, less softirqNs",
      (at) => queueNs(at, 'queueWake') - queueNs(at, 'enqueueSameCpu'),
    ),
    readNs: cost('CPU time of the reader in turns with the queue, many packets a call, less its part of turnNs', (at) => ofTurns(at)?.readNs ?? null),
    turnNs: cost('CPU time of the reader for a packet with a turn of its own, less readNs', (at) => ofTurns(at)?.turnNs ?? null),
    // Another CPU can only be dearer; a negative difference is a reading of nothing to hand over.
    handOverNs: cost('CPU time of recvmmsg on another CPU, less the same on the CPU that queued the packets', (at) =>
      Math.max(0, readNs(at, 'enqueue') - readNs(at, 'enqueueSameCpu')),
    ),
    frameCopyNs: cost(
      'CPU time of the wire with a spinning AF_XDP reader at its far end, less wireNs',
      (at) => at('frames').sendPacketNs - at('make').sendPacketNs,
    ),
    frameReadNs: cost('CPU time of an AF_XDP reader for frames that wait in its memory', (at) => readNs(at, 'framesLater')),
    wakeUpNs: cost("CPU time of the queue's thread for single packets to a sleeping reader, less the same to nobody", (at) => {
      const extraNs = queueNs(at, 'wake') - queueNs(at, 'queueWake');
      return extraNs > 0 ? extraNs / Math.min(1, at('wake').callsPerPacket ?? 1) : null;
    }),
  };
  return Object.fromEntries(Object.entries(costs).filter(([, identified]) => identified !== undefined)) as Partial<Costs>;
}

/** A packet costs the reader readNs and its part of a turn, whose size differs between the two micro-runs. */
function ofTurns(at: (name: NicMicroRunName) => MicroReading): { readNs: number; turnNs: number } | null {
  const [one, many] = [at('turn'), at('turns')];
  if (one.readNs === null || many.readNs === null || one.callsPerPacket === null || many.callsPerPacket === null) return null;
  const calls = one.callsPerPacket - many.callsPerPacket;
  if (calls <= 0) return null;
  const turnNs = (one.readNs - many.readNs) / calls;
  return { turnNs, readNs: many.readNs - turnNs * many.callsPerPacket };
}
