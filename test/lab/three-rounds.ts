import type { MicroReading } from '../../src/lab/micro-runs.js';

/** Readings of one micro-experiment in three rounds that agree: so long for each packet sent, and what else they show. */
export function threeRounds(sendPacketNs: number, more: Partial<MicroReading> = {}): MicroReading[] {
  const nothingElse = {
    readNs: null,
    callsPerPacket: null,
    deliveredPps: 0,
    truesizeBytes: null,
    queueNs: null,
    otherCpuShare: 0,
    interruptions: null,
    crowdedInterruptions: null,
  };
  return [0, 1, 2].map(() => ({ sendPacketNs, ...nothingElse, ...more }));
}
