import { max, median, min } from 'simple-statistics';
import type { Cost, CostName } from '../experiment/index.js';
import type { MicroReading, MicroRunName } from './micro-runs.js';

/** Readings of every micro-experiment, one entry a round. */
export type MicroReadings = Record<MicroRunName, MicroReading[]>;

/** Longest wake-up latency that is believed; beyond it the model's wake-up probability is zero anyway. */
const longestWakeLatencyNs = 1e6;

/**
 * Turns the readings of a calibration into costs. Each cost is a difference of medians over the rounds; its interval is the range of the
 * differences inside each round, which for five rounds is a 94 % confidence interval of the median.
 *
 * @returns the costs that the readings identify; the others stay what they were
 * @throws {RangeError} when a series has no rounds
 */
export function identifyCosts(readings: MicroReadings): Partial<Record<CostName, Cost>> {
  const rounds = readings.send.length;
  if (rounds === 0) throw new RangeError('identifyCosts: readings must hold at least one round, got 0');
  const cost = (source: string, ofRound: (at: (name: MicroRunName) => MicroReading) => number): Cost => {
    const values = Array.from({ length: rounds }, (_, round) =>
      Math.max(
        0,
        ofRound((name) => readings[name][round] as MicroReading),
      ),
    );
    return {
      value: median(values),
      low: min(values),
      high: max(values),
      origin: 'calibration',
      source: `${source}; median and range of ${rounds} rounds`,
    };
  };
  const read = (reading: MicroReading) => reading.readNs ?? Number.NaN;
  const handOver = (at: (name: MicroRunName) => MicroReading) => Math.max(0, read(at('enqueue')) - read(at('enqueueSameCpu')));
  const wakeUp = (at: (name: MicroRunName) => MicroReading) =>
    Math.max(1, (at('wake').sendCallNs - at('enqueueSingly').sendCallNs) / Math.min(1, at('wake').callsPerPacket ?? 1));
  return {
    sendNs: cost('sendmmsg to an interface that is down', (at) => at('send').sendCallNs),
    softirqNs: cost('sendmmsg into a socket with room, less sendNs', (at) => at('enqueue').sendCallNs - at('send').sendCallNs),
    softirqDropRatio: cost(
      'sendmmsg to a full socket, less sendNs, over softirqNs',
      (at) => (at('drop').sendCallNs - at('send').sendCallNs) / (at('enqueue').sendCallNs - at('send').sendCallNs),
    ),
    readNs: cost('CPU time of recvmmsg on the CPU that queued the packets', (at) => read(at('enqueueSameCpu'))),
    handOverNs: cost('CPU time of recvmmsg on another CPU, less readNs', handOver),
    wakeUpNs: cost('sendmmsg of single packets to a sleeping reader, less the same to nobody', wakeUp),
    wakeLatencyNs: cost('the share of packets that wake the reader in a flood, from its sendmmsg time', (at) => {
      const { sendCallNs, deliveredPps } = at('flood');
      const wakeNs = wakeUp(at);
      const probability = (sendCallNs - at('enqueue').sendCallNs - handOver(at)) / wakeNs;
      if (probability <= 0) return longestWakeLatencyNs;
      const perNs = deliveredPps / 1e9;
      const busy = Math.min(1, perNs * (read(at('enqueue')) + wakeNs * probability));
      return Math.min(longestWakeLatencyNs, Math.max(0, ((1 - busy) / probability - 1) / perNs));
    }),
  };
}
