import type { Cost } from '../../experiment/cost.js';

/** The cost that lies a share of the way from one to another, round by round where both know their rounds. */
export function costBetween(from: Cost, to: Cost, share: number): Cost {
  const between = (a: number, b: number) => a + share * (b - a);
  const { rounds: _, ...rest } = from;
  const rounds = from.rounds?.map((value, round) => {
    const other = to.rounds?.[round] ?? null;
    return value === null || other === null ? null : between(value, other);
  });
  return {
    ...rest,
    value: between(from.value, to.value),
    low: between(from.low, to.low),
    high: between(from.high, to.high),
    ...(rounds && to.rounds ? { rounds } : {}),
  };
}
