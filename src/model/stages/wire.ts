const ethernetBytesPerSecond = 10e9 / 8;
const largestFragmentBytes = 1480;

/**
 * Stage 2, the wire: 10 Gb/s Ethernet without VLAN tag and with a 1500-byte MTU. No loss: the sender's ring holds back.
 * A slot is preamble 8 + header 14 + IP packet + checksum 4 + gap 12 bytes, at least 84; datagrams beyond the MTU take one slot a fragment.
 *
 * @param payloadBytes UDP payload
 * @returns most packets per second
 * Source: IEEE 802.3; 98-byte slots of the article's 32-byte payload.
 * @example
 * Math.round(wirePps(32)) // => 12755102
 */
export function wirePps(payloadBytes: number): number {
  if (!(Number.isFinite(payloadBytes) && payloadBytes >= 0))
    throw new RangeError(`wirePps: payloadBytes must be a number from 0, got ${payloadBytes}`);
  const datagramBytes = payloadBytes + 8;
  const fullFragments = Math.floor((datagramBytes - 1) / largestFragmentBytes);
  const lastBytes = datagramBytes - fullFragments * largestFragmentBytes;
  return ethernetBytesPerSecond / (fullFragments * slotBytes(largestFragmentBytes) + slotBytes(lastBytes));
}

function slotBytes(fragmentBytes: number): number {
  return Math.max(84, 8 + 14 + 20 + fragmentBytes + 4 + 12);
}
