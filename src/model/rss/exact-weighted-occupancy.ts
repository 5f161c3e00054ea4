/** Bins of one weight. */
interface Group {
  share: number;
  bins: number;
}

/** Number of inner steps that the exact distribution takes. */
export function weightedOccupancyCost(flows: number, shares: number[]): number {
  let before = 0;
  return groupsOf(shares).reduce((sum, { bins }, index, groups) => {
    const busy = Math.min(before, flows) + 1;
    const pairs = index === 0 || index === groups.length - 1 ? flows + 1 : (flows * flows) / 2 + 1;
    before += bins;
    // Storing counts for more than multiplying.
    return sum + 4 * (flows + 1) * bins + pairs * busy * Math.min(bins, flows + 1);
  }, 0);
}

/** P(exactly j bins hit) for j = 0 to all of them, from shares that add up to 1. */
export function exactWeightedOccupancy(flows: number, shares: number[]): number[] {
  const groups = groupsOf(shares);
  const logFactorial = logFactorials(flows);
  // left[flows not yet placed][bins hit so far]
  let left: number[][] = Array.from({ length: flows + 1 }, () => []);
  left[flows] = [1];
  let shareLeft = groups.reduce((sum, { share, bins }) => sum + share * bins, 0);
  for (const [index, { share, bins }] of groups.entries()) {
    const isLast = index === groups.length - 1;
    const hit = share * bins;
    const hits = occupancies(flows, bins);
    const next: number[][] = Array.from({ length: flows + 1 }, () => []);
    for (const [placeable, states] of left.entries()) {
      if (!states.length) continue;
      for (let placed = isLast ? placeable : 0; placed <= placeable; placed++) {
        const chosen = isLast ? 1 : binomial(placeable, placed, Math.min(hit / shareLeft, 1), logFactorial);
        const target = next[placeable - placed] ?? [];
        for (const [busy, probability] of states.entries()) {
          for (const [more, share] of (hits[placed] ?? []).entries()) target[busy + more] = (target[busy + more] ?? 0) + probability * chosen * share;
        }
      }
    }
    shareLeft -= hit;
    left = next;
  }
  return Array.from({ length: shares.length + 1 }, (_, busy) => left[0]?.[busy] ?? 0);
}

function groupsOf(shares: number[]): Group[] {
  const counts = new Map<number, number>();
  for (const share of shares) if (share > 0) counts.set(share, (counts.get(share) ?? 0) + 1);
  // The largest groups first and last, where they cost least.
  const groups = [...counts].map(([share, bins]) => ({ share, bins })).sort((a, b) => b.bins - a.bins);
  return groups.length > 2 ? [...groups.slice(0, 1), ...groups.slice(2), ...groups.slice(1, 2)] : groups;
}

/** For each number of flows on equal bins, P(exactly j bins hit), j up to what is possible. */
function occupancies(flows: number, bins: number): number[][] {
  const all: number[][] = [[1]];
  for (let flow = 1; flow <= flows; flow++) {
    const before = all[flow - 1] ?? [];
    all.push(
      Array.from(
        { length: Math.min(flow, bins) + 1 },
        (_, busy) => ((before[busy] ?? 0) * busy + (before[busy - 1] ?? 0) * (bins - busy + 1)) / bins,
      ),
    );
  }
  return all;
}

function binomial(trials: number, successes: number, share: number, logFactorial: Float64Array): number {
  const failures = trials - successes;
  const logChoose = (logFactorial[trials] ?? 0) - (logFactorial[successes] ?? 0) - (logFactorial[failures] ?? 0);
  return Math.exp(logChoose + (successes && successes * Math.log(share)) + (failures && failures * Math.log1p(-share)));
}

function logFactorials(last: number): Float64Array {
  const logs = new Float64Array(last + 1);
  for (let n = 1; n <= last; n++) logs[n] = (logs[n - 1] ?? 0) + Math.log(n);
  return logs;
}
