import type { Host } from '../../experiment/host.js';
import { kernelAtLeast } from './kernel-version.js';

/** Payload that fits the smallest data area beside the headers; beyond it truesize grows with the payload. */
const smallPayloadBytes = 128;

/**
 * Stage 5, the socket buffer: a queue of packets bounded in bytes of truesize. What does not fit is lost (`socketBuffer`).
 *
 * @param bufferBytes sk_rcvbuf; null takes the host's net.core.rmem_default
 * @returns packets that an idle reader's socket takes
 * Source: sock_queue_rcv_skb (3.x to 4.9, tests before it adds), __udp_enqueue_schedule_skb (4.10, tests after; 6.18, must fit).
 * @example
 * socketBufferPackets(212992, 32, { kernelRelease: '3.13', socketBufferBytes: 212992, truesizeBytes: 768 }) // => 278
 */
export function socketBufferPackets(
  bufferBytes: number | null,
  payloadBytes: number,
  host: Pick<Host, 'kernelRelease' | 'socketBufferBytes' | 'truesizeBytes'>,
): number {
  const bytes = bufferBytes ?? host.socketBufferBytes;
  const packets = bytes / (host.truesizeBytes + Math.max(0, payloadBytes - smallPayloadBytes));
  if (kernelAtLeast(host.kernelRelease, 6, 18)) return Math.max(1, Math.floor(packets));
  return kernelAtLeast(host.kernelRelease, 4, 10) ? Math.floor(packets) + 1 : Math.ceil(packets);
}
