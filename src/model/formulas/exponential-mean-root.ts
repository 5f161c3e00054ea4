/**
 * The y for which (1 - exp(-y)) / y, the mean of exp(-u) over 0 < u < y, is 1 + excess: the decay rates of D/M/1
 * (excess below 0, y above 0) and of M/D/1 (the reverse). Newton from the left on a convex falling function never oversteps.
 *
 * @param excess from -0.999 to 1e6
 */
export function exponentialMeanRoot(excess: number): number {
  // The mean is at least exp(-y / 2) and at least 1 / (1 + y), so the root lies right of both.
  let root = Math.max(-2 * Math.log1p(excess), excess < 0 ? -excess / (1 + excess) : Number.NEGATIVE_INFINITY);
  for (let round = 0; round < 200; round++) {
    const step = (excessAt(root) - excess) / -slopeAt(root);
    const next = root + step;
    if (!(Math.abs(step) > 1e-16 * Math.abs(root))) return next;
    if (round > 3 && step <= 0) return root;
    root = next;
  }
  return root;
}

function excessAt(y: number): number {
  if (Math.abs(y) > 0.1) return -Math.expm1(-y) / y - 1;
  // Alternating series where the difference would cancel.
  let sum = 0;
  let term = 1;
  for (let n = 2; n <= 12; n++) {
    term *= -y / n;
    sum += term;
  }
  return sum;
}

function slopeAt(y: number): number {
  if (Math.abs(y) > 0.1) return (Math.exp(-y) - (1 + excessAt(y))) / y;
  let sum = 0;
  let term = -1;
  for (let n = 2; n <= 13; n++) {
    term *= n === 2 ? 1 / 2 : -y / n;
    sum += (n - 1) * term;
  }
  return sum;
}
