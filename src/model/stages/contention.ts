/**
 * Coupling: CPUs that use one socket at the same time wait for its locks and lines. A CPU that uses it rarely is rarely in the way,
 * so everybody counts by the share of time in which it uses the socket. One CPU of the other side is the partner that every packet
 * has: what it costs is in the hand-over.
 *
 * @param sameSide CPUs that fill the socket beside one that fills it (or read it beside one that reads it), at a time
 * @param otherSide CPUs that read it (or fill it), at a time
 * @param otherSideCpus CPUs that ever read it (or fill it)
 * @returns further CPUs that contend, at a time
 * Source: bh_lock_sock in udp_queue_rcv_skb, held until the reader is woken (net/ipv4/udp.c, 3.x); sk_receive_queue.lock in __skb_recv_datagram.
 */
export function contendingCpus(sameSide: number, otherSide: number, otherSideCpus: number): number {
  return sameSide + otherSide * (1 - 1 / otherSideCpus);
}
