import type { Experiment } from '../experiment/index.js';

/** What a "packet" is in the figures of an Experiment's run, where it is not one datagram by itself all the way; one sentence, or none. */
export function packetMeaning({ sources, receiver }: Experiment): string[] {
  const segmentation = sources[0]?.segmentation;
  if (receiver.gro) {
    const most = segmentation?.cutBy === 'receiver' ? ` of up to ${segmentation.segments}` : '';
    return [`A packet here is a datagram inside a GRO buffer${most}: the reader gets a whole buffer at once and is not woken or called for each.`];
  }
  if (sources.some(({ kind }) => kind === 'wire'))
    return ['A packet here is a datagram that crosses the wire and reaches its reader by itself; the wire makes each one inside the kernel.'];
  if (!segmentation) return [];
  const { segments, cutBy } = segmentation;
  return [
    cutBy === 'device'
      ? `A packet here is a datagram that crosses the wire and reaches its reader by itself; the sender writes ${segments} of them at once.`
      : `A packet here is a datagram that reaches its reader by itself; ${segments} of them cross the wire and IP as one buffer, which the receiving UDP layer cuts apart.`,
  ];
}
