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

/**
 * Whether another CPU uses the socket when a packet begins right after another, for a CPU that never waits for packets. A packet
 * that meets no contention is over sooner, so that more packets begin then than the share of time says.
 *
 * @param share of time in which the other CPU uses the socket, 0 to 1
 * @param freeNs how long a packet takes that does not meet it
 * @param metNs how long one takes that does
 * @param changeNs mean time after which the other CPU's state is forgotten
 * @returns probability, at most `share`; near it where the other CPU comes and goes within a packet
 * Source: stationary distribution of the two-state Markov chain that exponential packets sample.
 */
export function metAtBegin(share: number, freeNs: number, metNs: number, changeNs: number): number {
  const forgotten = freeNs / (freeNs + changeNs);
  const forgottenWhenMet = metNs / (metNs + changeNs);
  const met = share * forgotten;
  return met > 0 ? met / (met + (1 - share) * forgottenWhenMet) : 0;
}
