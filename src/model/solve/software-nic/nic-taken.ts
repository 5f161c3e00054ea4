/** Shares, 0 to 1: what each source sends of its schedule, what each ring and each socket takes of what comes to it. */
export interface NicTaken {
  sources: number[];
  rings: number[];
  sockets: number[];
}
