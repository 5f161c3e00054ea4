import type { PlannedJob } from './planned-job.js';

/**
 * A point for people.
 *
 * @example
 * pointText({ 'receiver.batchPackets': 64, payloadBytes: 32 }) // => 'receiver.batchPackets=64, payloadBytes=32'
 */
export function pointText(point: PlannedJob['point']): string {
  return Object.entries(point)
    .map(([path, value]) => `${path}=${JSON.stringify(value)}`)
    .join(', ');
}
