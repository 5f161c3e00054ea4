// Workload B, never to be changed: a receive path of four Poisson senders, eleven rings, four softirqs and four sockets with a
// reader each. Times in microseconds; the time of a softirq is dyadic, so that sums of it are exact.
import { RandomStream } from '../../dist/model/simulate/random-stream.js';

export const sources = 4;
export const flowsOfSource = 64;
export const rings = 11;
export const ringPackets = 512;
export const softirqs = 4;
export const softirqUs = 2.75;
export const pollPackets = 64;
export const sockets = 4;
export const socketPackets = 277;
export const batchPackets = 512;
export const batchUs = 120;
export const readUs = 2.5;

/** Packets per microsecond of all sources together: three of four softirqs overloaded by 5 %, or none. */
export const overload = 1.4;
export const light = 1.0;

/** Ring and socket of each flow. */
export const ringOf = new Int32Array(sources * flowsOfSource);
export const socketOf = new Int32Array(sources * flowsOfSource);
for (let flow = 0; flow < ringOf.length; flow++) {
  let hash = Math.imul(flow, 2654435761) >>> 0;
  hash = (hash ^ (hash >>> 15)) >>> 0;
  hash = Math.imul(hash, 0x85ebca6b) >>> 0;
  hash = (hash ^ (hash >>> 13)) >>> 0;
  ringOf[flow] = hash % rings;
  socketOf[flow] = (hash >>> 8) & 3;
}

/**
 * What an engine returns.
 * @typedef {{ ringLost: number, socketLost: number, delivered: number, meanDelayUs: number }} Result
 */

/** Streams of the sources: the flow of a packet is drawn before the gap to the next. */
export const streamsOf = (seed) => Array.from({ length: sources }, (_, source) => new RandomStream(16 * seed + source));
