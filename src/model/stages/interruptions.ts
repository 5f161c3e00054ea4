import { type CostValues, leastCost } from './cost-values.js';

/** Larger shares of time count as this one, so that something is left. */
const mostInterrupted = 0.9;
/** Beyond it an exponential is as good as infinite, and what is lost no longer depends on it. */
const mostExponent = 700;

/**
 * Share of its time that a busy thread gets for its own work. What ticks, other threads and the hypervisor take is not in any cost that is read
 * from a thread's own clock, nor in the work of an application.
 *
 * @returns 1 where nobody looked
 */
export function uninterruptedShare({ interruptedRatio = 0 }: Pick<CostValues, 'interruptedRatio'>): number {
  return 1 - lostShare(interruptedRatio);
}

/** Share of its time in which a busy thread stalls: 0 where nobody looked, and where stalls have no length, which is a way to leave them out. */
export function stalledShare({ stallRatio = 0, stallNs = 0 }: Pick<CostValues, 'stallRatio' | 'stallNs'>): number {
  return stallNs > leastCost ? lostShare(stallRatio) : 0;
}

/**
 * Costs of a reader that is followed through its stalls: what interrupts it between them is all that is left in interruptedRatio, as a share of the
 * time between them.
 *
 * @example
 * betweenStalls({ interruptedRatio: 0.1, stallRatio: 0.04, stallNs: 1e6 }).interruptedRatio?.toFixed(4) // => '0.0625'
 */
export function betweenStalls<Costs extends Pick<CostValues, 'interruptedRatio' | 'stallRatio' | 'stallNs'>>(costs: Costs): Costs {
  const stalled = stalledShare(costs);
  return stalled === 0 ? costs : { ...costs, interruptedRatio: Math.max(0, 1 - uninterruptedShare(costs) / (1 - stalled)) };
}

/**
 * Share of a socket's packets that are lost because its reader is too slow or stalls: a fluid queue of K places whose server is up and down for
 * exponential times. The shorter the stalls, the nearer to 1 − capacity / arrivals; long ones overflow the buffer of a reader that has time enough
 * on average, all the more the nearer to its capacity.
 *
 * @param arrivalPps λ
 * @param capacityPps mean rate of the readers, stalls included
 * @param bufferPackets K
 * @param cpus that read the socket: packets wait while all stall at once, which independent stalls do for stallRatio ^ cpus of the time and
 *   stallNs / cpus long
 * @returns at least 1 − capacity / arrivals; just that where nobody looked for stalls
 * Source: stationary density of a Markov-modulated fluid queue with two states (Anick, Mitra, Sondhi 1982), atoms at 0 and K.
 * @example
 * lostInStalls(250_000, 500_000, 250, 1, { stallRatio: 0.02, stallNs: 1e6 }).toFixed(4) // => '0.0074'
 */
export function lostInStalls(
  arrivalPps: number,
  capacityPps: number,
  bufferPackets: number,
  cpus: number,
  { stallRatio = 0, stallNs = 0 }: Pick<CostValues, 'stallRatio' | 'stallNs'>,
): number {
  if (!(arrivalPps > 0)) return 0;
  const overloaded = Math.max(0, 1 - capacityPps / arrivalPps);
  const down = stalledShare({ stallRatio, stallNs }) ** cpus;
  if (down === 0) return overloaded;
  const drainPps = capacityPps / (1 - down) - arrivalPps;
  if (drainPps <= 0) return overloaded;
  const upPerSecond = (1e9 * cpus) / stallNs;
  const downPerSecond = (upPerSecond * down) / (1 - down);
  const decay = upPerSecond / arrivalPps - downPerSecond / drainPps;
  const exponent = -decay * bufferPackets;
  if (exponent > mostExponent) return Math.max(overloaded, 1 - capacityPps / arrivalPps);
  const atFull = Math.exp(exponent);
  // ∫ of the density between the atoms, whose limit at a decay of 0 is K.
  const between = (1 / arrivalPps + 1 / drainPps) * (Math.abs(exponent) < 1e-9 ? bufferPackets : -Math.expm1(exponent) / decay);
  return Math.max(overloaded, atFull / upPerSecond / (1 / downPerSecond + atFull / upPerSecond + between));
}

/** A cost of zero arrives as the least one, and still means none. */
function lostShare(ratio: number): number {
  return ratio > leastCost ? Math.min(mostInterrupted, ratio) : 0;
}
