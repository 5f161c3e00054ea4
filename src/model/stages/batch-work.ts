/**
 * Coupling: a program that takes a batch and then works on it reads in bursts. While it works, a full buffer loses everything; while it reads,
 * places come free faster than on average, so that the CPUs that fill the socket are at it longer, and in the reader's way more.
 *
 * @param readNs of a packet on average, without the work
 * @param workNs of a packet
 * @param readers CPUs that read the socket
 * @returns share of its packets that the socket accepts while one of them reads, where it loses some; 1 where it could read them all
 * Source: balance of a full buffer: what gets in is what the readers take out, one that reads and the others by the share of time in which they do.
 */
export function acceptedWhileReading(readNs: number, workNs: number, arrivalPps: number, readers: number): number {
  const readersReading = 1 + ((readers - 1) * readNs) / (readNs + workNs);
  return Math.min(1, (readersReading * 1e9) / (readNs * Math.max(arrivalPps, 1e-9)));
}
