import type { HostLink } from './host-link.js';

/** How a host's clocks stand to this machine's. */
export interface HostClock {
  /** Add to this machine's monotonic nanoseconds to get the host's. */
  monotonicOffsetNs: number;
  /** Host's wall clock minus this machine's. */
  wallOffsetMs: number;
  /** The answer took so long: the offsets are right within half of it. */
  roundTripMs: number;
}

const exchanges = 8;

/** Compares clocks by several questions and believes the one that was answered soonest. */
export async function measureClock(link: HostLink): Promise<HostClock> {
  let best: HostClock | undefined;
  for (let round = 0; round < exchanges; round++) {
    const askedNs = Number(process.hrtime.bigint());
    const askedMs = Date.now();
    const { monotonicNs, wallMs } = await link.ask('clock', {});
    const answeredNs = Number(process.hrtime.bigint());
    const roundTripMs = (answeredNs - askedNs) / 1e6;
    if (best && best.roundTripMs <= roundTripMs) continue;
    best = { monotonicOffsetNs: monotonicNs - (askedNs + answeredNs) / 2, wallOffsetMs: wallMs - (askedMs + roundTripMs / 2), roundTripMs };
  }
  return best as HostClock;
}
